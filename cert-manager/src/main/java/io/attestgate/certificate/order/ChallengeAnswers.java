package io.attestgate.certificate.order;

import io.attestgate.wire.Hostname;

/**
 * Where a running order puts the answers to its challenges before it tells the authority to look.
 *
 * <p>When a method returns, every connection that is accepted from then on sees the answer. Each
 * name has one order at a time, whose end withdraws all of its answers.
 */
public interface ChallengeAnswers {
    /**
     * @param validation SHA-256 of the key authorization (RFC 8737 §3)
     */
    void answerAlpn(Hostname name, byte[] validation);

    /**
     * @param keyAuthorization the whole body to answer (RFC 8555 §8.3)
     */
    void answerHttp(Hostname name, String token, String keyAuthorization);

    /** Ends every answer of that name; without one, does nothing. */
    void withdraw(Hostname name);
}
