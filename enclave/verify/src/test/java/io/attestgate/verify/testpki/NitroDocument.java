package io.attestgate.verify.testpki;

import io.attestgate.verify.cbor.Cbor;
import io.attestgate.verify.cbor.CborWriter;
import io.attestgate.verify.x509.Certificates;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An attestation document as Nitro's hypervisor makes it, field by field changeable before it is
 * signed.
 */
public final class NitroDocument {
    public static final String ENCLAVE_ID = "i-0123456789abcdef0-enc0123456789abcdef";
    public static final String TPM_ID = "i-0123456789abcdef0-tpm0000000000000000";

    private static final int PCR_BYTES = 48;

    /** The payload's map. */
    public final Map<Cbor, Cbor> fields = new LinkedHashMap<>();

    /** The registers, by index. */
    public final Map<Cbor, Cbor> pcrs = new LinkedHashMap<>();

    /** Who issued what, the root first. */
    public final List<Cbor> bundle = new ArrayList<>();

    public byte[] protectedHeader = es384();
    public Cbor unprotectedHeader = Cbor.pairs();

    private final String registers;
    private final NitroPki.Key signer;

    private NitroDocument(NitroPki pki, NitroPki.Key signer, String registers, String moduleId) {
        this.registers = registers;
        this.signer = signer;
        for (NitroPki.Key key : List.of(pki.root(), pki.region(), pki.zone(), pki.instance())) {
            bundle.add(der(key));
        }
        put("module_id", new Cbor.Text(moduleId));
        put("digest", new Cbor.Text("SHA384"));
        put("certificate", der(signer));
        put("public_key", new Cbor.Null());
        put("user_data", new Cbor.Null());
        put("nonce", new Cbor.Null());
    }

    /** Of an enclave: sixteen registers, the first five and PCR8 with values of their own. */
    public static NitroDocument enclave(NitroPki pki, NitroPki.Key signer, Instant made) {
        NitroDocument document = new NitroDocument(pki, signer, "pcrs", ENCLAVE_ID);
        for (int i = 0; i < 16; i++) {
            document.pcr(i, i < 5 || i == 8 ? i + 1 : 0);
        }
        return document.made(made);
    }

    /** Of an instance with a NitroTPM: 24 registers. */
    public static NitroDocument instance(NitroPki pki, NitroPki.Key signer, Instant made) {
        NitroDocument document = new NitroDocument(pki, signer, "nitrotpm_pcrs", TPM_ID);
        for (int i = 0; i < 24; i++) {
            document.pcr(i, i >= 17 && i <= 22 ? 0xff : i + 1);
        }
        return document.made(made);
    }

    /** {@code {1: -35}}. */
    public static byte[] es384() {
        return new byte[] {(byte) 0xa1, 1, 0x38, 0x22};
    }

    public NitroDocument made(Instant instant) {
        return put("timestamp", new Cbor.Int(instant.toEpochMilli()));
    }

    public NitroDocument put(String name, Cbor value) {
        fields.put(new Cbor.Text(name), value);
        return this;
    }

    public NitroDocument put(String name, byte[] value) {
        return put(name, Cbor.Bytes.of(value));
    }

    /** A register of one byte's value, many times. */
    public NitroDocument pcr(int index, int value) {
        byte[] register = new byte[PCR_BYTES];
        Arrays.fill(register, (byte) value);
        return pcr(index, register);
    }

    public NitroDocument pcr(int index, byte[] register) {
        pcrs.put(new Cbor.Int(index), Cbor.Bytes.of(register));
        return this;
    }

    /** The document's bytes, before they are signed. */
    public byte[] payload() {
        Map<Cbor, Cbor> all = new LinkedHashMap<>(fields);
        all.putIfAbsent(new Cbor.Text(registers), new Cbor.Pairs(pcrs));
        all.putIfAbsent(new Cbor.Text("cabundle"), new Cbor.Arr(bundle));
        return CborWriter.write(new Cbor.Pairs(all));
    }

    /** The message without a tag, as security modules write it. */
    public Cbor message() {
        byte[] payload = payload();
        return message(payload, sign(signer.keys().getPrivate(), protectedHeader, payload));
    }

    /** The message with these parts, whoever signed what. */
    public Cbor message(byte @Nullable [] payload, byte[] signature) {
        return Cbor.Arr.of(
                Cbor.Bytes.of(protectedHeader),
                unprotectedHeader,
                payload == null ? new Cbor.Null() : Cbor.Bytes.of(payload),
                Cbor.Bytes.of(signature));
    }

    /** The signed document. */
    public byte[] make() {
        return CborWriter.write(message());
    }

    /** ES384 over the Sig_structure of RFC 9052 §4.4. */
    public static byte[] sign(PrivateKey key, byte[] protectedHeader, byte[] payload) {
        try {
            Signature signer = Signature.getInstance("SHA384withECDSAinP1363Format");
            signer.initSign(key);
            signer.update(
                    CborWriter.write(
                            Cbor.Arr.of(
                                    new Cbor.Text("Signature1"),
                                    Cbor.Bytes.of(protectedHeader),
                                    Cbor.Bytes.of(new byte[0]),
                                    Cbor.Bytes.of(payload))));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A certificate as an element of the bundle. */
    public static Cbor der(NitroPki.Key key) {
        return Cbor.Bytes.of(Certificates.der(key.certificate()));
    }
}
