package io.attestgate.proxy.operations;

import io.attestgate.policy.document.LogRule;
import io.attestgate.proxy.pipeline.RequestObserver.Ended;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One request as a line of the access log: a JSON object, so that no text of a client can break or
 * forge a line.
 *
 * <p>What tells about a client is in it only as far as the gateway's document lets it out. A method
 * is a client's text as well, so only those of the standards are told.
 */
final class AccessLine {
    /** RFC 9110 §9, RFC 5789, RFC 4918 and RFC 8441's CONNECT. */
    private static final Set<String> METHODS =
            Set.of(
                    "GET",
                    "HEAD",
                    "POST",
                    "PUT",
                    "DELETE",
                    "CONNECT",
                    "OPTIONS",
                    "TRACE",
                    "PATCH",
                    "PROPFIND",
                    "PROPPATCH",
                    "MKCOL",
                    "COPY",
                    "MOVE",
                    "LOCK",
                    "UNLOCK");

    private static final int TEXT_CHARS_MAX = 2048;
    private static final int NETWORK_BYTES_V4 = 3;
    private static final int NETWORK_BYTES_V6 = 6;

    private AccessLine() {}

    /**
     * The line, without its end.
     *
     * @param at when the answer ended
     * @param name of the policy that served it; empty if none has the host
     */
    static String of(Instant at, Ended ended, Optional<String> name, LogRule rule) {
        Map<String, Json> line = new LinkedHashMap<>();
        line.put("at", new Json.Text(at.truncatedTo(ChronoUnit.MILLIS).toString()));
        line.put("port", new Json.Text(word(ended.port())));
        line.put("name", name.<Json>map(Json.Text::new).orElse(new Json.Null()));
        line.put("version", new Json.Text(ended.version().number()));
        line.put(
                "method",
                new Json.Text(METHODS.contains(ended.method()) ? ended.method() : "other"));
        line.put("status", new Json.Int(ended.status()));
        line.put("from", new Json.Text(word(ended.answerer())));
        line.put("ending", new Json.Text(word(ended.ending())));
        line.put("bytesIn", new Json.Int(ended.requestBytes()));
        line.put("bytesOut", new Json.Int(ended.responseBytes()));
        line.put("micros", new Json.Int(ended.took().toNanos() / 1000));
        client(ended.client(), rule).ifPresent(c -> line.put("client", new Json.Text(c)));
        int query = ended.target().indexOf('?');
        if (rule.path()) {
            line.put("path", text(query < 0 ? ended.target() : ended.target().substring(0, query)));
        }
        if (rule.query() && query >= 0) {
            line.put("query", text(ended.target().substring(query + 1)));
        }
        if (!ended.fields().isEmpty()) {
            Map<String, Json> fields = new LinkedHashMap<>();
            ended.fields().forEach((field, value) -> fields.put(field, new Json.Text(value)));
            line.put("headers", new Json.Obj(fields));
        }
        return CanonicalJson.text(new Json.Obj(line));
    }

    private static Json text(String text) {
        return new Json.Text(
                text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX));
    }

    private static Optional<String> client(InetAddress client, LogRule rule) {
        return switch (rule.clientAddress()) {
            case NONE -> Optional.empty();
            case NETWORK -> Optional.of(network(client));
            case FULL -> Optional.of(client.getHostAddress());
        };
    }

    /** The network of a client: enough to see where load comes from, too little to tell whom. */
    private static String network(InetAddress client) {
        int kept = client instanceof Inet4Address ? NETWORK_BYTES_V4 : NETWORK_BYTES_V6;
        byte[] bytes = client.getAddress();
        java.util.Arrays.fill(bytes, kept, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * 8;
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of a right length", e);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
