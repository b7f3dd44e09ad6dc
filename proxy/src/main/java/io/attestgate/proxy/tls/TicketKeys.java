package io.attestgate.proxy.tls;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The keys that seal the session tickets of one context: one that seals, and the one before it,
 * which still opens.
 *
 * <p>Made here, kept nowhere: they die with the context. They are on the Java heap for the moment
 * between their making and BoringSSL's copy of them, and as long as the garbage collector likes.
 */
final class TicketKeys {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final OpenSslSessionTicketKey sealing;
    private final Optional<OpenSslSessionTicketKey> before;

    private TicketKeys(OpenSslSessionTicketKey sealing, Optional<OpenSslSessionTicketKey> before) {
        this.sealing = sealing;
        this.before = before;
    }

    /** One new key. */
    static TicketKeys fresh() {
        return new TicketKeys(random(), Optional.empty());
    }

    /** A new key seals from now on; what the one before the last sealed opens no more. */
    TicketKeys rotated() {
        return new TicketKeys(random(), Optional.of(sealing));
    }

    /** Gives them to a context, which has sent no tickets before. */
    void install(OpenSslSessionContext sessions) {
        if (before.isPresent()) {
            sessions.setTicketKeys(sealing, before.get());
        } else {
            sessions.setTicketKeys(sealing);
        }
    }

    private static OpenSslSessionTicketKey random() {
        return new OpenSslSessionTicketKey(
                random(OpenSslSessionTicketKey.NAME_SIZE),
                random(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                random(OpenSslSessionTicketKey.AES_KEY_SIZE));
    }

    private static byte[] random(int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
