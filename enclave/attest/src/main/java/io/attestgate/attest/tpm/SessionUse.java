package io.attestgate.attest.tpm;

import io.attestgate.attest.tpm.CommandCode.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One command in a session.
 *
 * <p>hmac = HMAC-SHA-256(key || value, pHash || nonceNewer || nonceOlder || attributes), where
 * pHash is the hash of the command or of the answer (Part 1 §19.6.5). The first parameter is
 * encrypted by AES-CFB under KDFa(key || value, "CFB", nonceNewer, nonceOlder) (Part 1 §21.3).
 */
final class SessionUse implements Authorization {
    private static final int CONTINUE = 1;
    private static final int DECRYPT = 1 << 5;
    private static final int ENCRYPT = 1 << 6;
    private static final int AUDIT = 1 << 7;
    private static final int AES_KEY_BYTES = 16;
    private static final int SIZE_BYTES = 2;

    private final Session session;
    private final CommandCode command;
    private final Secret secret;
    private final byte[] nonceCaller;
    private final byte[] value;

    SessionUse(
            Session session, CommandCode command, Secret secret, byte[] nonceCaller, byte[] value) {
        this.session = session;
        this.command = command;
        this.secret = secret;
        this.nonceCaller = nonceCaller;
        this.value = value;
    }

    /** A session that authorises nothing and encrypts nothing audits (Part 1 §17.5). */
    private int attributes() {
        int audit = command.authorisedHandles() == 0 ? AUDIT : 0;
        return switch (secret) {
            case NONE -> CONTINUE | audit;
            case FIRST_PARAMETER -> CONTINUE | audit | DECRYPT;
            case ANSWER -> CONTINUE | audit | ENCRYPT;
        };
    }

    @Override
    public byte[] sealed(byte[] parameters) {
        return secret == Secret.FIRST_PARAMETER
                ? ciphered(Cipher.ENCRYPT_MODE, parameters, nonceCaller, session.nonceTpm())
                : parameters;
    }

    @Override
    public byte[] toBytes(byte[] commandHash) {
        byte[] hmac = hmac(commandHash, nonceCaller, session.nonceTpm(), attributes());
        return new TpmWriter()
                .uint32(session.entity().handle())
                .sized(nonceCaller)
                .uint8(attributes())
                .sized(hmac)
                .toBytes();
    }

    @Override
    public void judge(TpmReader area, byte[] answerHash) throws TpmException {
        byte[] nonceTpm = area.sized("session's nonce");
        int answered = area.uint8("session's attributes");
        byte[] found = area.sized("session's hmac");
        byte[] expected = hmac(answerHash, nonceTpm, nonceCaller, answered);
        if (!MessageDigest.isEqual(found, expected)) {
            throw TpmException.of(
                    TpmException.Reason.UNAUTHENTIC,
                    command.label(),
                    "an answer with another HMAC",
                    "the TPM's own answer to this very command; Part 1 §19.6.5");
        }
        session.advance(nonceTpm);
    }

    @Override
    public byte[] opened(byte[] parameters) throws TpmException {
        if (secret != Secret.ANSWER) {
            return parameters;
        }
        TpmReader reader = TpmReader.of(command.label(), parameters);
        byte[] first = reader.sized("first parameter");
        assert first.length <= parameters.length - SIZE_BYTES;
        return ciphered(Cipher.DECRYPT_MODE, parameters, session.nonceTpm(), nonceCaller);
    }

    private byte[] hmac(byte[] hash, byte[] nonceNewer, byte[] nonceOlder, int attributes) {
        byte[] key = key();
        byte[] hmac =
                Kdf.hmac(
                        key,
                        new TpmWriter()
                                .bytes(hash)
                                .bytes(nonceNewer)
                                .bytes(nonceOlder)
                                .uint8(attributes)
                                .toBytes());
        Arrays.fill(key, (byte) 0);
        return hmac;
    }

    private byte[] key() {
        byte[] key = Arrays.copyOf(session.key(), session.key().length + value.length);
        System.arraycopy(value, 0, key, session.key().length, value.length);
        return key;
    }

    /** Of the first parameter the content, not its size; the others as they are. */
    private byte[] ciphered(int mode, byte[] parameters, byte[] nonceNewer, byte[] nonceOlder) {
        int sizeBytes =
                Byte.toUnsignedInt(parameters[0]) << Byte.SIZE | Byte.toUnsignedInt(parameters[1]);
        byte[] key = key();
        byte[] keyAndIv = Kdf.a(key, "CFB", nonceNewer, nonceOlder);
        try {
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(keyAndIv, 0, AES_KEY_BYTES, "AES"),
                    new IvParameterSpec(keyAndIv, AES_KEY_BYTES, AES_KEY_BYTES));
            byte[] ciphered = parameters.clone();
            byte[] first = cipher.doFinal(parameters, SIZE_BYTES, sizeBytes);
            System.arraycopy(first, 0, ciphered, SIZE_BYTES, sizeBytes);
            Arrays.fill(first, (byte) 0);
            return ciphered;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has AES in CFB mode", e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(keyAndIv, (byte) 0);
        }
    }
}
