package io.attestgate.certificate.challenge;

import io.attestgate.certificate.account.P256KeyPair;
import io.attestgate.certificate.order.ChallengeAnswers;
import io.attestgate.wire.Hostname;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers to the challenges of running orders.
 *
 * <p>Written by the order of a name, read by every thread of the proxy without a lock. Holds at
 * most one answer of each type for a name, so it is as bounded as the policy's list of names.
 */
public final class Challenges implements ChallengeAnswers {
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<Hostname, AlpnAnswer> alpn = new ConcurrentHashMap<>();
    private final Map<Hostname, HttpAnswer> http = new ConcurrentHashMap<>();

    private record HttpAnswer(String token, String keyAuthorization) {}

    public Challenges(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** The answer to a handshake for that name under {@code acme-tls/1}. */
    public Optional<AlpnAnswer> alpn(Hostname name) {
        return Optional.ofNullable(alpn.get(name));
    }

    /**
     * The body of {@code /.well-known/acme-challenge/<token>} at that name, {@code text/plain} or
     * {@code application/octet-stream} (RFC 8555 §8.3).
     */
    public Optional<String> http01(Hostname name, String token) {
        return Optional.ofNullable(http.get(name))
                .filter(answer -> answer.token.equals(token))
                .map(HttpAnswer::keyAuthorization);
    }

    @Override
    public void answerAlpn(Hostname name, byte[] validation) {
        P256KeyPair throwAway = P256KeyPair.generate(random);
        alpn.put(
                name,
                AlpnCertificate.make(name, validation, throwAway.pair(), clock.instant(), random));
    }

    @Override
    public void answerHttp(Hostname name, String token, String keyAuthorization) {
        http.put(name, new HttpAnswer(token, keyAuthorization));
    }

    @Override
    public void withdraw(Hostname name) {
        alpn.remove(name);
        http.remove(name);
    }
}
