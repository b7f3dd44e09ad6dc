package io.attestgate.proxy.cli;

import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What a running gateway asks to see on the chain, as the status of its operations listener says.
 *
 * @param chainId where
 * @param contract the Heartbeat that its policy names
 * @param nonce empty where none is due
 */
record AwaitedBeat(long chainId, Address contract, Optional<Hash32> nonce) {
    /** A status of 10,000 names has a few megabytes. */
    private static final int STATUS_BYTES_MAX = 16 << 20;

    private static final Duration TIME_MAX = Duration.ofSeconds(10);

    /** Asks the gateway. */
    static AwaitedBeat ask(URI status) throws CommandException {
        Json answer = get(status);
        Json heartbeat =
                answer instanceof Json.Obj object
                        ? object.get("heartbeat").orElse(new Json.Null())
                        : new Json.Null();
        if (!(heartbeat instanceof Json.Obj asked)) {
            throw new CommandException(
                    "%s: heartbeat: %s (expected: what a gateway asks for whose policy names one)"
                            .formatted(status, heartbeat.kind()));
        }
        return new AwaitedBeat(
                chainId(status, asked),
                text(asked, "contract")
                        .flatMap(Address::parse)
                        .orElseThrow(() -> absent(status, "contract", "an address")),
                text(asked, "nonce").flatMap(Hash32::parse));
    }

    private static long chainId(URI status, Json.Obj asked) throws CommandException {
        if (asked.get("chainId").orElse(null) instanceof Json.Int(long id)) {
            return id;
        }
        throw absent(status, "chainId", "a number");
    }

    private static CommandException absent(URI status, String member, String rule) {
        return new CommandException(
                new Fault("%s: heartbeat.%s".formatted(status, member), "absent", rule).toString());
    }

    private static Optional<String> text(Json.Obj object, String member) {
        return object.get(member)
                .flatMap(
                        json ->
                                json instanceof Json.Text(String text)
                                        ? Optional.of(text)
                                        : Optional.empty());
    }

    private static Json get(URI status) throws CommandException {
        HttpRequest request = HttpRequest.newBuilder(status).timeout(TIME_MAX).build();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIME_MAX).build()) {
            HttpResponse<InputStream> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(STATUS_BYTES_MAX + 1);
                return JsonReader.parse(bytes, STATUS_BYTES_MAX)
                        .toOptional()
                        .filter(json -> answer.statusCode() == 200)
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "%s: answered %d (expected: the status of a gateway)"
                                                        .formatted(status, answer.statusCode())));
            }
        } catch (IOException e) {
            throw new CommandException(
                    "%s: %s (expected: a gateway's operations listener)"
                            .formatted(status, reason(e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(status + ": interrupted", e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "no connection" : e.getMessage();
    }
}
