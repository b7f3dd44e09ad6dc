package io.attestgate.attest.tpm;

import io.attestgate.attest.tpm.CommandCode.Secret;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A session whose key only we and the TPM with a certain key know (Part 1 §19.6).
 *
 * <p>Not bound to an entity; SHA-256, and AES-128 in CFB mode for parameters. Its key is on the
 * heap until {@link #close}, which zeroes it and flushes the session.
 */
final class Session implements AutoCloseable {
    static final int NONCE_BYTES = 32;
    private static final String LABEL = "ATH";
    private static final int AES_KEY_BITS = 128;

    private final Tpm tpm;
    private final SecureRandom random;
    private final int handle;
    private final byte[] key;
    private byte[] nonceTpm;

    private Session(Tpm tpm, SecureRandom random, int handle, byte[] key, byte[] nonceTpm) {
        this.tpm = tpm;
        this.random = random;
        this.handle = handle;
        this.key = key;
        this.nonceTpm = nonceTpm;
    }

    /**
     * Starts one.
     *
     * @param type {@link Tpms#SE_HMAC} or {@link Tpms#SE_POLICY}
     * @param handle where {@code saltKey} is loaded
     */
    static Session start(Tpm tpm, SecureRandom random, int type, int handle, EccPublic saltKey)
            throws TpmException {
        Salt salt = Salt.to(saltKey);
        try {
            return start(tpm, random, type, new Entity(handle, saltKey.name()), salt);
        } finally {
            Arrays.fill(salt.seed(), (byte) 0);
        }
    }

    private static Session start(Tpm tpm, SecureRandom random, int type, Entity saltKey, Salt salt)
            throws TpmException {
        byte[] nonceCaller = nonce(random);
        TpmWriter parameters =
                new TpmWriter()
                        .sized(nonceCaller)
                        .sized(salt.encrypted())
                        .uint8(type)
                        .uint16(Tpms.ALG_AES)
                        .uint16(AES_KEY_BITS)
                        .uint16(Tpms.ALG_CFB)
                        .uint16(Tpms.ALG_SHA256);
        Answer started =
                tpm.run(
                        Command.of(
                                CommandCode.START_AUTH_SESSION, parameters, saltKey, Entity.NONE));
        TpmReader reader = started.reader();
        byte[] nonceTpm = reader.sized("nonce");
        reader.end();
        byte[] key = Kdf.a(salt.seed(), LABEL, nonceTpm, nonceCaller);
        return new Session(tpm, random, started.handle(), key, nonceTpm);
    }

    private static byte[] nonce(SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    /** For one command, which needs no value of an entity besides. */
    SessionUse use(CommandCode command) {
        return use(command, new byte[0]);
    }

    /**
     * For one command.
     *
     * @param value of the entity that this authorises, without zero bytes at its end
     */
    SessionUse use(CommandCode command, byte[] value) {
        return new SessionUse(this, command, command.secret(), nonce(random), value);
    }

    /** For one command, of which another session encrypts what is secret. */
    SessionUse useInClear(CommandCode command) {
        return new SessionUse(this, command, Secret.NONE, nonce(random), new byte[0]);
    }

    Entity entity() {
        return Entity.ofHandle(handle);
    }

    byte[] key() {
        return key;
    }

    byte[] nonceTpm() {
        return nonceTpm;
    }

    void advance(byte[] newNonceTpm) {
        nonceTpm = newNonceTpm;
    }

    @Override
    public void close() throws TpmException {
        Arrays.fill(key, (byte) 0);
        tpm.flush(handle);
    }
}
