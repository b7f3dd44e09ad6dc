package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.SealedEntries;
import io.attestgate.certificate.account.SealedStateException;
import io.attestgate.certificate.key.AttestedKey;
import io.attestgate.certificate.key.KeyEvidence;
import io.attestgate.certificate.key.KeyEvidence.Judgement;
import io.attestgate.certificate.key.KeyEvidence.KeyEvidenceException;
import io.attestgate.certificate.key.TlsKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps keys in evidence: what is sealed is judged anew, what is missing or past half its life is
 * made, judged and sealed before it is relied on.
 */
final class KeyKeeper {
    private final KeyEvidence evidence;
    private final SecureRandom random;

    KeyKeeper(KeyEvidence evidence, SecureRandom random) {
        this.evidence = evidence;
        this.random = random;
    }

    /** The key of the next certificate, made and sealed if there is none yet. */
    TlsKey next(SealedName state) throws SealedStateException {
        Optional<TlsKey> sealed = state.next();
        if (sealed.isPresent()) {
            return sealed.get();
        }
        TlsKey made = TlsKey.make(state.name(), random);
        state.sealNextKey(made);
        return made;
    }

    /**
     * The key with evidence that is good now.
     *
     * @param known what this gave for the same key before
     */
    AttestedKey attested(TlsKey key, Optional<AttestedKey> known, SealedName state, Instant now)
            throws SealedStateException, KeyEvidenceException {
        Optional<AttestedKey> held = known.filter(k -> k.spkiSha256().equals(key.spkiSha256()));
        if (held.isEmpty()) {
            held = state.evidence(key).flatMap(bytes -> judged(key, bytes, now));
        }
        if (held.isPresent() && now.isBefore(held.get().evidenceDue())) {
            return held.get();
        }
        try {
            return made(key, state, now);
        } catch (KeyEvidenceException e) {
            return held.filter(h -> now.isBefore(h.evidenceNotAfter())).orElseThrow(() -> e);
        }
    }

    private Optional<AttestedKey> judged(TlsKey key, byte[] bytes, Instant now) {
        return switch (evidence.judge(bytes, key, now)) {
            case Judgement.Good good -> Optional.of(AttestedKey.of(key, bytes, good));
            case Judgement.Bad bad -> Optional.empty();
        };
    }

    private AttestedKey made(TlsKey key, SealedName state, Instant now)
            throws SealedStateException, KeyEvidenceException {
        byte[] bytes = evidence.attest(key, now);
        if (bytes.length > SealedEntries.VALUE_BYTES_MAX) {
            throw new KeyEvidenceException(
                    "evidence: %d bytes (expected: at most %d)"
                            .formatted(bytes.length, SealedEntries.VALUE_BYTES_MAX));
        }
        return switch (evidence.judge(bytes, key, now)) {
            case Judgement.Good good -> {
                state.sealEvidence(key, bytes);
                yield AttestedKey.of(key, bytes, good);
            }
            case Judgement.Bad bad -> throw new KeyEvidenceException(bad.reason());
        };
    }
}
