package io.attestgate.certificate.renewal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.attestgate.certificate.account.P256KeyPair;
import io.attestgate.peer.ServerTls;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * An authority that misbehaves as a test says, for what a real one cannot be made to do. It checks
 * no signature and no challenge: pebble does.
 */
final class FakeAuthority implements AutoCloseable {
    /** How the next orders go; a test sets what it needs. */
    int badNonces;

    boolean down;
    Optional<String> garbage = Optional.empty();
    String orderPath = "/order/";
    Optional<String> rateLimitRetryAfter = Optional.empty();
    Optional<String> refusal = Optional.empty();
    Optional<String> orderFailure = Optional.empty();
    int processingPolls;
    Optional<String> processingRetryAfter = Optional.empty();
    boolean anotherKey;
    boolean noAccount;
    Duration life = Duration.ofDays(90);

    /** What it saw. */
    int requests;

    int ordersAsked;
    int ordersPlaced;
    int accounts;

    private final InstantSource clock;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final KeyPair issuerKey = P256KeyPair.generate(new SecureRandom()).pair();
    private final X509Certificate root;
    private final Map<String, Order> orders = new HashMap<>();
    private int nonces;

    private static final class Order {
        private final String name;
        private String status = "ready";
        private int pollsLeft;
        private String chain = "";

        Order(String name) {
            this.name = name;
        }
    }

    private FakeAuthority(InstantSource clock, HttpsServer server, X509Certificate root) {
        this.clock = clock;
        this.server = server;
        this.root = root;
    }

    static FakeAuthority open(InstantSource clock) throws Exception {
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        KeyPair tlsKey = P256KeyPair.generate(new SecureRandom()).pair();
        X509Certificate root =
                certificate(
                        "localhost",
                        tlsKey.getPublic(),
                        tlsKey,
                        Instant.EPOCH,
                        Instant.parse("2100-01-01T00:00:00Z"),
                        true);
        server.setHttpsConfigurator(
                new HttpsConfigurator(ServerTls.of(tlsKey.getPrivate(), List.of(root))));
        FakeAuthority authority = new FakeAuthority(clock, server, root);
        server.setExecutor(authority.threads);
        server.createContext("/", authority::handle);
        server.start();
        return authority;
    }

    URI directory() {
        return URI.create(base() + "/dir");
    }

    X509Certificate root() {
        return root;
    }

    private String base() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Replay-Nonce", "nonce-" + nonces++);
        requests++;
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (down) {
                send(exchange, 503, "text/plain", "down");
            } else if (garbage.isPresent()) {
                send(exchange, 200, "application/json", garbage.get());
            } else if (path.equals("/dir")) {
                json(exchange, 200, directoryJson());
            } else if (path.equals("/nonce")) {
                exchange.sendResponseHeaders(200, -1);
            } else if (badNonces > 0) {
                badNonces--;
                problem(exchange, 400, "badNonce", "that was not the nonce");
            } else {
                post(exchange, path, payload(body));
            }
        }
    }

    private Json.Obj directoryJson() {
        return Json.object(
                "newNonce", base() + "/nonce",
                "newAccount", base() + "/account",
                "newOrder", base() + "/new-order");
    }

    private void post(HttpExchange exchange, String path, Json.Obj payload) throws IOException {
        String[] parts = path.split("/", -1);
        switch (parts[1]) {
            case "account" -> {
                accounts++;
                noAccount = false;
                exchange.getResponseHeaders().set("Location", base() + "/account/1");
                json(exchange, 201, Json.object("status", "valid"));
            }
            case "new-order" -> newOrder(exchange, payload);
            case "order" -> showOrder(exchange, parts[2]);
            case "finalize" -> finish(exchange, parts[2], payload);
            case "chain" ->
                    send(exchange, 200, "application/pem-certificate-chain", order(parts[2]).chain);
            case "authz" ->
                    json(
                            exchange,
                            200,
                            Json.object(
                                    "status",
                                    "valid",
                                    "identifier",
                                    Json.object("type", "dns", "value", "x"),
                                    "challenges",
                                    new Json.Arr(List.of())));
            default -> problem(exchange, 404, "malformed", "no such thing: " + path);
        }
    }

    private void newOrder(HttpExchange exchange, Json.Obj payload) throws IOException {
        ordersAsked++;
        if (noAccount) {
            problem(exchange, 400, "accountDoesNotExist", "who are you?");
        } else if (rateLimitRetryAfter.isPresent()) {
            exchange.getResponseHeaders().set("Retry-After", rateLimitRetryAfter.get());
            problem(exchange, 429, "rateLimited", "too many certificates already issued");
        } else if (refusal.isPresent()) {
            problem(exchange, 403, "rejectedIdentifier", refusal.get());
        } else {
            String id = Integer.toString(++ordersPlaced);
            Json.Arr identifiers = (Json.Arr) payload.get("identifiers").orElseThrow();
            Json.Obj identifier = (Json.Obj) identifiers.elements().getFirst();
            Order order = new Order(((Json.Text) identifier.get("value").orElseThrow()).value());
            orders.put(id, order);
            if (orderFailure.isPresent()) {
                order.status = "invalid";
            }
            exchange.getResponseHeaders().set("Location", base() + orderPath + id);
            json(exchange, 201, orderJson(id));
        }
    }

    private void showOrder(HttpExchange exchange, String id) throws IOException {
        Order order = orders.get(id);
        if (order == null) {
            problem(exchange, 404, "malformed", "no such order");
            return;
        }
        if (order.status.equals("processing") && order.pollsLeft-- <= 0) {
            order.status = "valid";
        }
        processingRetryAfter.ifPresent(
                field -> exchange.getResponseHeaders().set("Retry-After", field));
        json(exchange, 200, orderJson(id));
    }

    private Json.Obj orderJson(String id) {
        Map<String, Json> members = new HashMap<>();
        members.put("status", new Json.Text(order(id).status));
        members.put("identifiers", new Json.Arr(List.of()));
        members.put("authorizations", Json.Arr.of(List.of(base() + "/authz/" + id)));
        members.put("finalize", new Json.Text(base() + "/finalize/" + id));
        members.put("certificate", new Json.Text(base() + "/chain/" + id));
        orderFailure.ifPresent(
                detail ->
                        members.put(
                                "error",
                                Json.object(
                                        "type",
                                        "urn:ietf:params:acme:error:unauthorized",
                                        "detail",
                                        detail)));
        return new Json.Obj(members);
    }

    private void finish(HttpExchange exchange, String id, Json.Obj payload) throws IOException {
        Order order = order(id);
        String csr = ((Json.Text) payload.get("csr").orElseThrow()).value();
        order.status = "processing";
        order.pollsLeft = processingPolls;
        order.chain = issue(order.name, Base64Url.parse(csr).orElseThrow());
        json(exchange, 200, orderJson(id));
    }

    private String issue(String name, byte[] csr) throws IOException {
        try {
            PublicKey asked = new JcaPKCS10CertificationRequest(csr).getPublicKey();
            PublicKey key =
                    anotherKey
                            ? P256KeyPair.generate(new SecureRandom()).pair().getPublic()
                            : asked;
            Instant now = clock.instant();
            StringWriter pem = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
                writer.writeObject(certificate(name, key, issuerKey, now, now.plus(life), false));
            }
            return pem.toString();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private Order order(String id) {
        Order order = orders.get(id);
        if (order == null) {
            throw new IllegalStateException("no order " + id);
        }
        return order;
    }

    private static Json.Obj payload(byte[] jws) {
        Json.Obj signed = (Json.Obj) JsonReader.parse(jws, 1 << 20).toOptional().orElseThrow();
        String text = ((Json.Text) signed.get("payload").orElseThrow()).value();
        byte[] payload = Base64Url.parse(text).orElseThrow();
        return payload.length == 0
                ? Json.object()
                : (Json.Obj) JsonReader.parse(payload, 1 << 20).toOptional().orElseThrow();
    }

    private static void problem(HttpExchange exchange, int status, String type, String detail)
            throws IOException {
        Json problem =
                Json.object(
                        "type", "urn:ietf:params:acme:error:" + type,
                        "detail", detail,
                        "status", status);
        send(exchange, status, "application/problem+json", CanonicalJson.text(problem));
    }

    private static void json(HttpExchange exchange, int status, Json json) throws IOException {
        send(exchange, status, "application/json", CanonicalJson.text(json));
    }

    private static void send(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static X509Certificate certificate(
            String name, PublicKey key, KeyPair issuer, Instant from, Instant until, boolean ca)
            throws IOException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            new JcaX509v3CertificateBuilder(
                                            new X500Name("CN=fake authority"),
                                            BigInteger.ONE,
                                            Date.from(from),
                                            Date.from(until),
                                            new X500Name("CN=" + name),
                                            key)
                                    .addExtension(
                                            Extension.subjectAlternativeName,
                                            false,
                                            new GeneralNames(
                                                    new GeneralName(GeneralName.dNSName, name)))
                                    .addExtension(
                                            Extension.basicConstraints,
                                            true,
                                            new BasicConstraints(ca))
                                    .build(
                                            new JcaContentSignerBuilder("SHA256withECDSA")
                                                    .build(issuer.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException(e);
        }
    }
}
