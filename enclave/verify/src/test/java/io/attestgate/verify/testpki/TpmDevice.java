package io.attestgate.verify.testpki;

import static io.attestgate.verify.testpki.DcapQuote.concat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** TPM2_ActivateCredential of a TPM with that EK, written apart from what makes credentials. */
public record TpmDevice(TpmKey ek) {

    /** The secret, if the credential is for this EK and for a key with that Name. */
    public Optional<byte[]> activate(byte[] name, byte[] idObject, byte[] encryptedSecret) {
        try {
            return open(name, sized(ByteBuffer.wrap(idObject)), encryptedSecret);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> open(byte[] name, byte[] idObject, byte[] encryptedSecret)
            throws GeneralSecurityException {
        byte[] seed = seed(sized(ByteBuffer.wrap(encryptedSecret)));
        ByteBuffer in = ByteBuffer.wrap(idObject);
        byte[] integrity = sized(in);
        byte[] encrypted = new byte[in.remaining()];
        in.get(encrypted);
        int digestBits = TpmKey.digest(ek.nameHash, new byte[0]).length * 8;
        byte[] hmacKey = kdfa(seed, "INTEGRITY", new byte[0], digestBits);
        if (!Arrays.equals(integrity, hmac(hmacKey, concat(encrypted, name)))) {
            return Optional.empty();
        }
        Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(kdfa(seed, "STORAGE", name, ek.symmetricBits), "AES"),
                new IvParameterSpec(new byte[16]));
        return Optional.of(sized(ByteBuffer.wrap(cipher.doFinal(encrypted))));
    }

    private byte[] seed(byte[] secret) throws GeneralSecurityException {
        if (ek.keys.getPublic() instanceof RSAPublicKey) {
            String hash = TpmKey.jca(ek.nameHash);
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    ek.keys.getPrivate(),
                    new OAEPParameterSpec(
                            hash,
                            "MGF1",
                            new MGF1ParameterSpec(hash),
                            new PSource.PSpecified(
                                    "IDENTITY\0".getBytes(StandardCharsets.US_ASCII))));
            return cipher.doFinal(secret);
        }
        ByteBuffer in = ByteBuffer.wrap(secret);
        byte[] x = sized(in);
        byte[] y = sized(in);
        ECPublicKey own = (ECPublicKey) ek.keys.getPublic();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(ek.keys.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("EC")
                        .generatePublic(
                                new ECPublicKeySpec(
                                        new ECPoint(new BigInteger(1, x), new BigInteger(1, y)),
                                        own.getParams())),
                true);
        return TpmKey.digest(
                ek.nameHash,
                concat(
                        TpmKey.uint32(1),
                        agreement.generateSecret(),
                        "IDENTITY\0".getBytes(StandardCharsets.US_ASCII),
                        x,
                        TpmKey.fixed(own.getW().getAffineX(), x.length)));
    }

    private byte[] kdfa(byte[] key, String label, byte[] context, int bits)
            throws GeneralSecurityException {
        byte[] block =
                hmac(
                        key,
                        concat(
                                TpmKey.uint32(1),
                                (label + '\0').getBytes(StandardCharsets.US_ASCII),
                                context,
                                TpmKey.uint32(bits)));
        return Arrays.copyOf(block, bits / 8);
    }

    private byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("Hmac" + TpmKey.jca(ek.nameHash).replace("-", ""));
        mac.init(new SecretKeySpec(key, "HMAC"));
        return mac.doFinal(message);
    }

    private static byte[] sized(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return bytes;
    }
}
