package io.attestgate.demo;

import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;

/** What the gateway's operations listener says of the policy that it enforces. */
final class Operations {
    private static final int STATUS_BYTES_MAX = 1 << 20;

    private Operations() {}

    static long policyBlock(Ports ports) throws IOException {
        if (policy(ports, "block") instanceof Json.Int block) {
            return block.value();
        }
        throw new IOException("/status: no block");
    }

    static Instant policyTime(Ports ports) throws IOException {
        if (policy(ports, "blockTime") instanceof Json.Text time) {
            return Instant.parse(time.value());
        }
        throw new IOException("/status: no block time");
    }

    private static Json policy(Ports ports, String member) throws IOException {
        return json(ports) instanceof Json.Obj status
                        && status.get("policy").orElse(null) instanceof Json.Obj policy
                ? policy.get(member).orElse(new Json.Null())
                : new Json.Null();
    }

    private static Json json(Ports ports) throws IOException {
        URI uri = URI.create("http://127.0.0.1:%d/status".formatted(ports.operations()));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            byte[] body = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
            return JsonReader.parse(body, STATUS_BYTES_MAX).toOptional().orElse(new Json.Null());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
