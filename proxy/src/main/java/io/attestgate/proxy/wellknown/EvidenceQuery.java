package io.attestgate.proxy.wellknown;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request for evidence: {@code nonce=<32 bytes in base64url>}, and nothing else that
 * we do not know.
 *
 * <p>The nonce is taken in its one spelling only, unescaped, so that what a client sent and what it
 * finds in the claims are the same characters.
 *
 * @param nonce the client's 32 bytes
 * @param binding what the client wants the claims tied to
 */
record EvidenceQuery(Hash32 nonce, Binding binding) {
    /** Both parameters at their longest, and room to say what is wrong with others. */
    static final int CHARS_MAX = 256;

    private static final String NONCE_RULE = "32 bytes as 43 characters of base64url";

    /** What claims can be tied to. */
    enum Binding {
        /** The connection's key. */
        SPKI,
        /** The connection's own secret (RFC 9266). */
        EXPORTER
    }

    static Parsed<EvidenceQuery> parse(String query) {
        if (query.length() > CHARS_MAX) {
            return bad("query", query, "at most " + CHARS_MAX + " characters");
        }
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.equals("nonce") && !name.equals("binding")) {
                return bad("parameter", name, "nonce, and perhaps binding");
            }
            if (parameters.put(name, pair.substring(Math.min(pair.length(), equals + 1))) != null) {
                return bad("parameter", name, "each once");
            }
        }
        return of(parameters.getOrDefault("nonce", ""), parameters.get("binding"));
    }

    private static Parsed<EvidenceQuery> of(String nonce, @Nullable String binding) {
        Optional<Hash32> bytes =
                Base64Url.parse(nonce).filter(b -> b.length == Hash32.SIZE_BYTES).map(Hash32::of);
        if (bytes.isEmpty()) {
            return bad("nonce", nonce, NONCE_RULE);
        }
        if (binding == null) {
            return Parsed.good(new EvidenceQuery(bytes.get(), Binding.SPKI));
        }
        return binding.equals("exporter")
                ? Parsed.good(new EvidenceQuery(bytes.get(), Binding.EXPORTER))
                : bad("binding", binding, "exporter, or no such parameter");
    }

    private static Parsed<EvidenceQuery> bad(String name, String found, String expected) {
        return Parsed.bad(Fault.quoted(name, found, expected));
    }
}
