package io.attestgate.attest.dstack;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** The socket of a guest agent: methods called by path, JSON to JSON (dstack's prpc transport). */
final class AgentSocket {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Path path;
    private final UnixHttp http;

    AgentSocket(Path path, Duration patience) {
        this.path = path;
        this.http = new UnixHttp(path, patience);
    }

    /** What reads an answer's members. */
    interface Reading<T> {
        T read(JsonFields answer) throws MalformedException;
    }

    /** Calls a method and reads its answer, whose bytes are zeroed afterwards. */
    <T> T call(String method, Json.Obj request, Reading<T> reading) throws PlatformException {
        HttpAnswer answer = post(method, request);
        if (answer.status() != OK) {
            throw new PlatformException(
                    Fault.quoted(
                                    name(method),
                                    answer.status() + " " + text(answer.body()),
                                    "an answer of status 200")
                            .toString());
        }
        try {
            return reading.read(JsonFields.of("$", json(answer.body())));
        } catch (MalformedException e) {
            throw new PlatformException(name(method) + ": " + e.fault(), e);
        } finally {
            Arrays.fill(answer.body(), (byte) 0);
        }
    }

    /**
     * Whether the surface of that method is there. Where none is mounted the agent answers 404 with
     * a page of its own; where only the method is missing, 404 with JSON that says so (dstack,
     * docs/guest-api-v1.md, "Detecting an agent without v1").
     */
    boolean isMounted(String method) throws PlatformException {
        HttpAnswer answer = post(method, Json.object());
        boolean isMissing =
                answer.status() == NOT_FOUND && !text(answer.body()).contains("Service not found");
        if (!isMissing && answer.status() != OK) {
            throw new PlatformException(
                    Fault.quoted(
                                    name(method),
                                    answer.status() + " " + text(answer.body()),
                                    "status 200, or 404 of an agent without it")
                            .toString());
        }
        return !isMissing;
    }

    private HttpAnswer post(String method, Json.Obj request) throws PlatformException {
        try {
            return http.post(method, CanonicalJson.write(request));
        } catch (IOException e) {
            throw new PlatformException(name(method) + ": " + e.getMessage(), e);
        } catch (MalformedException e) {
            throw new PlatformException(name(method) + ": " + e.fault(), e);
        }
    }

    /** The fault shows none of what came: it may be a key. */
    private static Json json(byte[] body) throws MalformedException {
        return JsonReader.parse(body, HttpAnswer.BODY_BYTES_MAX)
                .toOptional()
                .orElseThrow(
                        () ->
                                new MalformedException(
                                        "answer", body.length + " bytes", "JSON (RFC 8259)"));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private String name(String method) {
        return "guest agent " + path + method;
    }
}
