package io.attestgate.verify.eventlog;

import io.attestgate.verify.evidence.Octets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A register that can only be extended: {@code value = hash(value || digest)}, from zero on. One
 * thread.
 */
public final class Register {
    private final MessageDigest hash;
    private byte[] value;

    private Register(MessageDigest hash) {
        this.hash = hash;
        this.value = new byte[hash.getDigestLength()];
    }

    /** All zero. */
    public static Register of(TcgLog.Bank bank) {
        try {
            return new Register(MessageDigest.getInstance(bank.algorithm()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-2", e);
        }
    }

    /** PCR 0 of a machine that was started from that locality (TPM 2.0 Part 1, H-CRTM). */
    public static Register startedFrom(TcgLog.Bank bank, int locality) {
        Register register = of(bank);
        register.value[register.value.length - 1] = (byte) locality;
        return register;
    }

    public void extend(Octets digest) {
        hash.update(value);
        value = hash.digest(digest.bytes());
    }

    public Octets value() {
        return Octets.of(value);
    }
}
