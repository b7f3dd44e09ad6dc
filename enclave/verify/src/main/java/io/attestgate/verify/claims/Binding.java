package io.attestgate.verify.claims;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import java.util.Optional;

/** What ties endpoint claims to a connection. */
public sealed interface Binding {

    /** The connection's key alone: {@code tlsKeys.connection}. */
    record Spki() implements Binding {
        @Override
        public String toString() {
            return "spki";
        }
    }

    /** The TLS exporter of this very connection (RFC 9266). */
    record Exporter(Hash32 value) implements Binding {
        @Override
        public String toString() {
            return Base64Url.write(value.bytes());
        }
    }

    static Optional<Binding> parse(String text) {
        return text.equals("spki")
                ? Optional.of(new Spki())
                : Fields.base64Hash(text).map(Exporter::new);
    }
}
