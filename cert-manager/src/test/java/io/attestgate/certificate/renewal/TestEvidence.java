package io.attestgate.certificate.renewal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.attestgate.certificate.key.KeyEvidence;
import io.attestgate.certificate.key.TlsKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Evidence that says in plain words which key it is for, and which a test can withhold. */
final class TestEvidence implements KeyEvidence {
    static final Duration LIFE = Duration.ofDays(180);

    final AtomicInteger made = new AtomicInteger();
    volatile boolean broken;

    @Override
    public byte[] attest(TlsKey key, Instant now) throws KeyEvidenceException {
        if (broken) {
            throw new KeyEvidenceException("the test withholds it");
        }
        made.incrementAndGet();
        return "%s %s %s".formatted(key.spkiSha256(), key.csrSha256(), now).getBytes(UTF_8);
    }

    @Override
    public Judgement judge(byte[] evidence, TlsKey key, Instant now) {
        String[] words = new String(evidence, UTF_8).split(" ", -1);
        Instant at = Instant.parse(words[2]);
        boolean ours =
                words[0].equals(key.spkiSha256().toString())
                        && words[1].equals(key.csrSha256().toString());
        return ours && now.isBefore(at.plus(LIFE))
                ? new Judgement.Good(at, at.plus(LIFE))
                : new Judgement.Bad("for another key, or too old");
    }
}
