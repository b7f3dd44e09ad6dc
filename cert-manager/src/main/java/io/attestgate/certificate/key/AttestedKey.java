package io.attestgate.certificate.key;

import io.attestgate.certificate.key.KeyEvidence.Judgement;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;

/** A key whose evidence verified, and that evidence. Only such a key is ordered for or served. */
public final class AttestedKey {
    private final TlsKey key;
    private final byte[] evidence;
    private final Judgement.Good judgement;

    private AttestedKey(TlsKey key, byte[] evidence, Judgement.Good judgement) {
        this.key = key;
        this.evidence = evidence;
        this.judgement = judgement;
    }

    /**
     * @param evidence the envelope's JSON
     * @param judgement of that evidence, for that key
     */
    public static AttestedKey of(TlsKey key, byte[] evidence, Judgement.Good judgement) {
        return new AttestedKey(key, evidence.clone(), judgement);
    }

    public TlsKey key() {
        return key;
    }

    /** SHA-256 of the SubjectPublicKeyInfo. */
    public Hash32 spkiSha256() {
        return key.spkiSha256();
    }

    /** Whether this is that key. */
    public boolean isOf(TlsKey other) {
        return spkiSha256().equals(other.spkiSha256());
    }

    /** The envelope's JSON, as sealed. */
    public byte[] evidence() {
        return evidence.clone();
    }

    /** From this instant on the evidence says nothing, and the key is not served. */
    public Instant evidenceNotAfter() {
        return judgement.notAfter();
    }

    /** Half of the evidence's life: from here on there should be newer evidence for this key. */
    public Instant evidenceDue() {
        Duration life = Duration.between(judgement.issuedAt(), judgement.notAfter());
        return judgement.issuedAt().plus(life.dividedBy(2));
    }

    /** The public half alone: a secret has no text. */
    @Override
    public String toString() {
        return "AttestedKey[" + key.name() + ", " + spkiSha256() + "]";
    }
}
