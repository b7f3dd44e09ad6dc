package io.attestgate.certificate.key;

import java.time.Instant;

/**
 * Makes and judges evidence of the role {@code tls-key}, on behalf of the enclave that we are.
 *
 * <p>Calls block for as long as the hardware takes, and come from threads that may.
 */
public interface KeyEvidence {
    /**
     * Makes the evidence for a key. Nothing is checked here: the caller judges it like any other.
     *
     * @return the envelope's JSON
     * @throws KeyEvidenceException if the hardware or the policy gives none now; a retry may help
     */
    byte[] attest(TlsKey key, Instant now) throws KeyEvidenceException;

    /** Holds evidence, from wherever it comes, against that very key, its request and ourselves. */
    Judgement judge(byte[] evidence, TlsKey key, Instant now);

    /** What a judgement can be. */
    sealed interface Judgement {
        /** It verifies, in this span of time. */
        record Good(Instant issuedAt, Instant notAfter) implements Judgement {}

        /** It does not, for this reason. */
        record Bad(String reason) implements Judgement {}
    }

    /** There is no evidence to be had now. */
    final class KeyEvidenceException extends Exception {
        private static final long serialVersionUID = 1L;

        public KeyEvidenceException(String message) {
            super(message);
        }

        public KeyEvidenceException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
