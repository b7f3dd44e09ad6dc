package io.attestgate.attest.dstack;

import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * dstack's guest agent as its documents have it, on one of its surfaces. {@link #altered} changes
 * what it answers to one method.
 */
final class PlayedAgent {
    /** The root key of dstack's own test vectors. */
    static final String APP_ROOT_KEY =
            "1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b";

    private static final HexFormat HEX = HexFormat.of();

    private final Surface surface;
    private final PlayedDomain domain;
    final Map<String, UnaryOperator<byte[]>> altered = new LinkedHashMap<>();

    enum Surface {
        V1("dstack.sock", "/v1/Attest", "/v1/GetKey"),
        V0("dstack.sock", "/GetQuote", "/GetKey"),
        TAPPD("tappd.sock", "/prpc/Tappd.RawQuote", "/prpc/Tappd.DeriveK256Key");

        final String socket;
        final String quote;
        final String key;

        Surface(String socket, String quote, String key) {
            this.socket = socket;
            this.quote = quote;
            this.key = key;
        }
    }

    PlayedAgent(Surface surface, PlayedDomain domain) {
        this.surface = surface;
        this.domain = domain;
    }

    /** Listens where such an agent does, below that root. */
    Served serve(Path root) {
        return Served.at(root.resolve("var/run").resolve(surface.socket), this::answer);
    }

    private byte[] answer(String path, byte[] body) {
        return altered.getOrDefault(path, UnaryOperator.identity()).apply(truth(path, body));
    }

    private byte[] truth(String path, byte[] body) {
        Json.Obj request = (Json.Obj) JsonReader.parse(body, 4096).toOptional().orElseThrow();
        if (surface == Surface.V1 && path.equals("/v1/Version")) {
            return Served.ok("{\"version\":\"0.6.0\",\"rev\":\"00\"}");
        }
        if (path.equals(surface.quote)) {
            return quote(HEX.parseHex(text(request, "report_data")));
        }
        if (path.equals(surface.key)) {
            return key(request);
        }
        return Served.answer("404 Not Found", "<!DOCTYPE html><title>404 Not Found</title>");
    }

    private byte[] quote(byte[] reportData) {
        byte[] quote = domain.quote(reportData);
        return Served.ok(
                switch (surface) {
                    case V1 ->
                            "{\"attestation\":\"%s\",\"boottime_gpu_evidence\":[]}"
                                    .formatted(HEX.formatHex(attestation(quote, reportData)));
                    case V0, TAPPD ->
                            "{\"quote\":\"%s\",\"event_log\":\"%s\",\"vm_config\":\"{}\"}"
                                    .formatted(
                                            HEX.formatHex(quote),
                                            domain.log().replace("\"", "\\\""));
                });
    }

    private byte[] attestation(byte[] quote, byte[] reportData) {
        List<Object> log = domain.events.stream().<Object>map(PlayedAgent::event).toList();
        return MessagePackWriter.write(
                Map.of(
                        "version", 1,
                        "platform",
                                Map.of(
                                        "kind",
                                        "tdx",
                                        "data",
                                        Map.of(
                                                "quote",
                                                MessagePackWriter.numbers(quote),
                                                "event_log",
                                                log)),
                        "stack",
                                Map.of(
                                        "kind",
                                        "dstack",
                                        "data",
                                        Map.of(
                                                "report_data",
                                                MessagePackWriter.numbers(reportData),
                                                "runtime_events",
                                                List.of(),
                                                "config",
                                                "{}"))));
    }

    /** As {@code serde_human_bytes} has bytes where the format is not for people: as bytes. */
    private static Map<String, Object> event(Json.Obj event) {
        Map<String, Object> all = new LinkedHashMap<>();
        event.members()
                .forEach(
                        (name, value) ->
                                all.put(
                                        name,
                                        switch (value) {
                                            case Json.Int number -> number.value();
                                            case Json.Text text when name.equals("event") ->
                                                    text.value();
                                            case Json.Text text -> HEX.parseHex(text.value());
                                            default -> throw new AssertionError(name);
                                        }));
        return all;
    }

    private byte[] key(Json.Obj request) {
        if (surface == Surface.V1) {
            String algorithm = text(request, "algorithm");
            byte[] key = derived(text(request, "domain"), algorithm);
            return Served.ok(
                    "{\"key\":\"%s\",\"public_key\":\"%s\",\"signature_chain\":[\"00\",\"00\"]}"
                            .formatted(
                                    HEX.formatHex(key), HEX.formatHex(publicKey(key, algorithm))));
        }
        byte[] info = text(request, "path").getBytes(StandardCharsets.UTF_8);
        return Served.ok(
                "{\"%s\":\"%s\",\"%s\":[]}"
                        .formatted(
                                surface == Surface.V0 ? "key" : "k256_key",
                                HEX.formatHex(hkdf("RATLS", info)),
                                surface == Surface.V0
                                        ? "signature_chain"
                                        : "k256_signature_chain"));
    }

    /** dstack, docs/guest-api-v1.md, "The KDF". */
    static byte[] derived(String domain, String algorithm) {
        ByteBuffer info = ByteBuffer.allocate(1024);
        for (String field : List.of("dstack-guest-v1-key", algorithm, domain)) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            info.putInt(bytes.length).put(bytes);
        }
        byte[] exact = new byte[info.flip().remaining()];
        info.get(exact);
        return hkdf("dstack-guest-v1", exact);
    }

    static byte[] publicKey(byte[] key, String algorithm) {
        return algorithm.equals("ed25519")
                ? new Ed25519PrivateKeyParameters(key, 0).generatePublicKey().getEncoded()
                : org.bouncycastle.crypto.ec.CustomNamedCurves.getByName("secp256k1")
                        .getG()
                        .multiply(new java.math.BigInteger(1, key))
                        .getEncoded(true);
    }

    private static byte[] hkdf(String salt, byte[] info) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addSalt(salt.getBytes(StandardCharsets.US_ASCII))
                                    .addIKM(HEX.parseHex(APP_ROOT_KEY))
                                    .thenExpand(info, 32));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Json.Obj request, String name) {
        return ((Json.Text) request.get(name).orElseThrow()).value();
    }
}
