package io.attestgate.verify.nitro;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An attestation document (NSM attestation process, 2.2; EC2 User Guide, Validate a NitroTPM
 * Attestation Document): what the hypervisor says of an enclave or an instance.
 *
 * @param moduleId the security module's name: the instance's id, and the enclave's or TPM's
 * @param timestamp when it was made, by the hypervisor's clock, to the millisecond
 * @param pcrs registers by index of 0 to 31, each {@link #PCR_BYTES}; those that the form's
 *     measurement is made of are there
 * @param certificate of the key that signed, in DER
 * @param authorities the root's certificate first, then who issued what, in DER
 * @param publicKey what the attested code put there, as userData and nonce
 */
public record Document(
        Form form,
        String moduleId,
        Instant timestamp,
        SortedMap<Integer, Octets> pcrs,
        Octets certificate,
        List<Octets> authorities,
        Optional<Octets> publicKey,
        Optional<Octets> userData,
        Optional<Octets> nonce) {

    /** The one digest that is published: it makes the registers. */
    public static final String DIGEST = "SHA384";

    /** A register, as SHA-384 makes it. */
    public static final int PCR_BYTES = 48;

    private static final Octets ZERO = Octets.of(new byte[PCR_BYTES]);

    public Document {
        pcrs = Collections.unmodifiableSortedMap(new TreeMap<>(pcrs));
        authorities = List.copyOf(authorities);
    }

    static Document read(Octets payload) throws MalformedException {
        return DocumentReader.read(payload);
    }

    /**
     * Whether an enclave runs in debug mode: its image is not measured, and its console is open.
     */
    boolean isDebug() {
        return form == Form.ENCLAVE
                && (pcr(0).equals(ZERO) || pcr(1).equals(ZERO) || pcr(2).equals(ZERO));
    }

    /** The registers of docs/measurement.md. */
    byte[] registers() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        form.measured().forEach(index -> all.writeBytes(pcr(index).bytes()));
        return all.toByteArray();
    }

    private Octets pcr(int index) {
        return Objects.requireNonNull(pcrs.get(index));
    }

    /** Every field but the certificates, by the names that its authors gave, as texts. */
    SortedMap<String, String> fields() {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put("moduleId", moduleId);
        fields.put("timestamp", timestamp.toString());
        fields.put("digest", DIGEST);
        pcrs.forEach((index, value) -> fields.put("pcr%02d".formatted(index), value.toString()));
        publicKey.ifPresent(value -> fields.put("publicKey", value.toString()));
        userData.ifPresent(value -> fields.put("userData", value.toString()));
        nonce.ifPresent(value -> fields.put("nonce", value.toString()));
        return fields;
    }
}
