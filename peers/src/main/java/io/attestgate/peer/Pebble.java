package io.attestgate.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Let's Encrypt's pebble, a real ACME server (RFC 8555), on loopback, with pebble-challtestsrv as
 * its DNS, where every name is 127.0.0.1.
 */
public final class Pebble implements AutoCloseable {
    /**
     * How this pebble behaves.
     *
     * @param httpPort where it looks for HTTP-01 answers
     * @param tlsPort where it looks for TLS-ALPN-01 answers
     * @param validity life of the certificates it issues, in whole seconds
     * @param nonceRejectPercent share of good nonces that it refuses with {@code badNonce}
     */
    public record Options(int httpPort, int tlsPort, Duration validity, int nonceRejectPercent) {
        public static Options of(int httpPort, int tlsPort) {
            return new Options(httpPort, tlsPort, Duration.ofDays(90), 0);
        }
    }

    private static final Pattern DNS_READY = Pattern.compile("Starting challenge servers");
    private static final Pattern READY = Pattern.compile("ACME directory available at");
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(30);

    private final ChildProcess dns;
    private final ChildProcess process;
    private final LoopbackCertificate certificate;
    private final int port;
    private final int managementPort;
    private final Counts counts;

    private Pebble(
            ChildProcess dns,
            ChildProcess process,
            LoopbackCertificate certificate,
            int port,
            int managementPort,
            Counts counts) {
        this.dns = dns;
        this.process = process;
        this.certificate = certificate;
        this.port = port;
        this.managementPort = managementPort;
        this.counts = counts;
    }

    /** Starts one with its files in a temporary folder. */
    public static Pebble start(Options options) throws IOException {
        return start(options, Files.createTempDirectory("pebble"));
    }

    /** Starts one with its files in {@code folder}. */
    public static Pebble start(Options options, Path folder) throws IOException {
        LoopbackCertificate certificate = LoopbackCertificate.writeInto(folder);
        int dnsPort = FreePort.next();
        int port = FreePort.next();
        int managementPort = FreePort.next();
        ChildProcess dns = startDns(folder, dnsPort);
        try {
            Path config = folder.resolve("pebble.json");
            Files.writeString(config, config(options, certificate, port, managementPort));
            Counts counts = new Counts();
            ChildProcess pebble = startPebble(folder, config, dnsPort, options, counts);
            // It says that it is ready just before it listens.
            pebble.awaitListening(port, START_WAIT_MAX);
            pebble.awaitListening(managementPort, START_WAIT_MAX);
            return new Pebble(dns, pebble, certificate, port, managementPort, counts);
        } catch (IOException e) {
            dns.close();
            throw e;
        }
    }

    private static ChildProcess startDns(Path folder, int dnsPort) throws IOException {
        List<String> command =
                List.of(
                        Peer.PEBBLE_CHALLTESTSRV.require().toString(),
                        "-defaultIPv4=127.0.0.1",
                        "-defaultIPv6=",
                        "-dns01=127.0.0.1:" + dnsPort,
                        "-http01=",
                        "-https01=",
                        "-tlsalpn01=",
                        "-management=127.0.0.1:" + FreePort.next());
        return ChildProcess.start(
                "pebble-challtestsrv",
                command,
                Map.of(),
                folder.resolve("challtestsrv.log"),
                DNS_READY,
                START_WAIT_MAX);
    }

    private static ChildProcess startPebble(
            Path folder, Path config, int dnsPort, Options options, Counts counts)
            throws IOException {
        return ChildProcess.start(
                "pebble",
                List.of(
                        Peer.PEBBLE.require().toString(),
                        "-config=" + config,
                        "-dnsserver=127.0.0.1:" + dnsPort),
                Map.of(
                        "PEBBLE_VA_NOSLEEP",
                        "1",
                        "PEBBLE_WFE_NONCEREJECT",
                        Integer.toString(options.nonceRejectPercent()),
                        "PEBBLE_AUTHZREUSE",
                        "0"),
                folder.resolve("pebble.log"),
                READY,
                START_WAIT_MAX,
                counts::see);
    }

    private static String config(
            Options options, LoopbackCertificate certificate, int port, int managementPort) {
        return """
        {"pebble": {
          "listenAddress": "127.0.0.1:%d",
          "managementListenAddress": "127.0.0.1:%d",
          "certificate": "%s",
          "privateKey": "%s",
          "httpPort": %d,
          "tlsPort": %d,
          "ocspResponderURL": "",
          "externalAccountBindingRequired": false,
          "certificateValidityPeriod": %d
        }}
        """
                .formatted(
                        port,
                        managementPort,
                        certificate.certificatePem(),
                        certificate.keyPem(),
                        options.httpPort(),
                        options.tlsPort(),
                        options.validity().toSeconds());
    }

    /** The ACME directory (RFC 8555 §7.1.1). */
    public URI directory() {
        return URI.create("https://localhost:" + port + "/dir");
    }

    /** The root, in PEM, of the ACME server's own TLS certificate: what an ACME client trusts. */
    public String directoryRootPem() {
        return certificate.pem();
    }

    /** The root, in PEM, above the certificates that it issues: new at every start. */
    public String issuerRootPem() throws IOException {
        URI roots = URI.create("https://localhost:" + managementPort + "/roots/0");
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(certificate.trustingContext()).build()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(roots).timeout(START_WAIT_MAX).build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(
                        "pebble roots: %d (expected: 200)".formatted(answer.statusCode()));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("pebble roots: interrupted", e);
        }
    }

    /** How many orders it has accepted since its start (RFC 8555 §7.4). */
    public long ordersPlaced() {
        return counts.orders.get();
    }

    /** How many accounts it has made since its start (RFC 8555 §7.3). */
    public long accountsMade() {
        return counts.accounts.get();
    }

    /** Counted from its log, by the thread that reads it. */
    private static final class Counts {
        private static final Pattern ORDER = Pattern.compile("Added order .* to the db");
        private static final Pattern ACCOUNTS = Pattern.compile("There are now (\\d+) accounts");

        private final AtomicLong orders = new AtomicLong();
        private final AtomicLong accounts = new AtomicLong();

        void see(String line) {
            if (ORDER.matcher(line).find()) {
                orders.incrementAndGet();
            }
            Matcher account = ACCOUNTS.matcher(line);
            if (account.find()) {
                accounts.set(Long.parseLong(account.group(1)));
            }
        }
    }

    /** What it wrote lately, for messages. */
    public String lastLines() {
        return process.lastLines();
    }

    @Override
    public void close() {
        process.close();
        dns.close();
    }
}
