package io.attestgate.client;

import io.attestgate.client.connect.Endpoint;
import io.attestgate.client.connect.EndpointExchange;
import io.attestgate.client.verdict.Report;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Verifies that the key on the other end of a connection lives in an enclave which obeys a contract
 * (pinned mode).
 *
 * <p>Draws a nonce, asks for evidence over one TLS connection, and holds the answer against that
 * connection's key, the nonce, the host, the reader's own clock and the reader's own view of the
 * chain. Says for each leg what was found and whom it rests on, and claims nothing that it did not
 * check. Blocks; for one thread at a time.
 */
public final class EndpointVerifier {
    private static final String EVIDENCE = "/.well-known/attestgate/evidence?nonce=";

    private final EndpointExchange exchange;
    private final Expectations expectations;
    private final InstantSource clock;
    private final SecureRandom random;

    /** Connects to nobody yet. */
    public EndpointVerifier(
            EndpointExchange exchange,
            Expectations expectations,
            InstantSource clock,
            SecureRandom random) {
        this.exchange = exchange;
        this.expectations = expectations;
        this.clock = clock;
        this.random = random;
    }

    /** Verifies one endpoint, now. */
    public Report verify(Endpoint endpoint) {
        Hash32 nonce = nonce();
        String target = EVIDENCE + Base64Url.write(nonce.bytes());
        return new Examination(expectations, endpoint, nonce, clock)
                .examine(exchange.get(endpoint, target, EvidenceEnvelope.SIZE_BYTES_MAX));
    }

    private Hash32 nonce() {
        byte[] bytes = new byte[Hash32.SIZE_BYTES];
        random.nextBytes(bytes);
        return Hash32.of(bytes);
    }
}
