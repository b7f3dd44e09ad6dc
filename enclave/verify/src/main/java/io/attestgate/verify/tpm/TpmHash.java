package io.attestgate.verify.tpm;

import io.attestgate.verify.eventlog.TcgLog;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The hash functions that anything here is trusted by (TPM 2.0 Part 2 §6.3, TPM_ALG_ID). SHA-1 is
 * not among them: who finds a collision has two states with one PCR.
 */
public enum TpmHash {
    SHA256(0x000b, 32, "SHA-256", TcgLog.Bank.SHA256),
    SHA384(0x000c, 48, "SHA-384", TcgLog.Bank.SHA384);

    private final int id;
    private final int sizeBytes;
    private final String algorithm;
    private final TcgLog.Bank bank;

    TpmHash(int id, int sizeBytes, String algorithm, TcgLog.Bank bank) {
        this.id = id;
        this.sizeBytes = sizeBytes;
        this.algorithm = algorithm;
        this.bank = bank;
    }

    /** By its TPM_ALG_ID. */
    public static Optional<TpmHash> of(int id) {
        return Arrays.stream(values()).filter(one -> one.id == id).findFirst();
    }

    /** By its name in policies and evidence: {@code sha256}, {@code sha384}. */
    public static Optional<TpmHash> parse(String spelling) {
        return Arrays.stream(values()).filter(one -> one.spelling().equals(spelling)).findFirst();
    }

    static TpmHash require(String name, int id) throws MalformedException {
        return of(id).orElseThrow(
                        () -> new MalformedException(name, hex(id), "SHA-256 or SHA-384"));
    }

    /** An algorithm as messages name it. */
    static String hex(int id) {
        return id == 0x0004 ? "SHA-1" : "TPM_ALG_ID 0x%04x".formatted(id);
    }

    /** The TPM_ALG_ID. */
    public int id() {
        return id;
    }

    public int sizeBytes() {
        return sizeBytes;
    }

    /** The name, as the JCA has it. */
    String algorithm() {
        return algorithm;
    }

    /** The JCA's name within those of signatures: {@code SHA256}. */
    String joined() {
        return name();
    }

    /** The bank of event logs. */
    TcgLog.Bank bank() {
        return bank;
    }

    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The digest of these, one after the other. */
    Octets digest(Octets... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            for (Octets part : parts) {
                digest.update(part.bytes());
            }
            return Octets.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-2", e);
        }
    }

    @Override
    public String toString() {
        return algorithm;
    }
}
