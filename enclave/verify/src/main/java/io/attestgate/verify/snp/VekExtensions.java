package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.Der;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the certificate of a key says about it (AMD 57230, VCEK Certificate and KDS Interface
 * Specification, 3.1; for VLEKs 58369, 4).
 *
 * @param tcb that the key was made for, as a TCB_VERSION in the product's layout
 * @param hardwareId the chip, of a VCEK: 64 bytes, Turin's 8
 * @param providerId who loads it, of a VLEK
 */
public record VekExtensions(
        SnpProduct product, Octets tcb, Optional<Octets> hardwareId, Optional<String> providerId) {
    static final String OID = "1.3.6.1.4.1.3704.1.";
    static final int HARDWARE_ID_BYTES = 64;
    static final int HARDWARE_ID_BYTES_TURIN = 8;

    private static final String NAME = "key extensions";
    private static final int SPL_MAX = 255;
    private static final int STRUCTURE_MAX = 1;
    private static final int IA5_STRING = 0x16;
    private static final int NAME_CHARS_MAX = 128;

    /** The last numbers of the OIDs below {@code .3}, as their bytes stand in a TCB_VERSION. */
    private static final int[] LAYOUT = {1, 2, 4, 5, 6, 7, 3, 8};

    private static final int[] LAYOUT_TURIN = {9, 1, 2, 3, 5, 6, 7, 8};

    /** Reads those of a certificate. */
    public static Parsed<VekExtensions> of(X509Certificate certificate) {
        return parse(certificate::getExtensionValue);
    }

    /**
     * Reads them.
     *
     * @param extension an extension's value by its OID, an OCTET STRING around what it says; null
     *     for one that is not there
     */
    static Parsed<VekExtensions> parse(Function<String, byte @Nullable []> extension) {
        try {
            return Parsed.good(new Reader(extension).read());
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private record Reader(Function<String, byte @Nullable []> extension) {

        VekExtensions read() throws MalformedException {
            String name = text("2").orElseThrow(() -> absent("2"));
            SnpProduct product =
                    SnpProduct.parse(name)
                            .orElseThrow(
                                    () ->
                                            new MalformedException(
                                                    Fault.quoted(
                                                            NAME, name, "Milan, Genoa or Turin")));
            structure(product);
            Optional<Octets> hardwareId = hardwareId(product);
            Optional<String> providerId = text("5");
            if (hardwareId.isPresent() == providerId.isPresent()) {
                throw new MalformedException(NAME, "both or none", "either a chip or a provider");
            }
            return new VekExtensions(product, tcb(product), hardwareId, providerId);
        }

        /** Turin's have structure 1, the others 0. */
        private void structure(SnpProduct product) throws MalformedException {
            int expected = product == SnpProduct.TURIN ? 1 : 0;
            int structure = integer("1", STRUCTURE_MAX);
            if (structure != expected) {
                throw new MalformedException(
                        OID + 1, "structure " + structure, expected + " for " + product);
            }
        }

        private Octets tcb(SnpProduct product) throws MalformedException {
            int[] layout = product == SnpProduct.TURIN ? LAYOUT_TURIN : LAYOUT;
            byte[] tcb = new byte[SnpTcb.SIZE_BYTES];
            for (int i = 0; i < tcb.length; i++) {
                tcb[i] = (byte) integer("3." + layout[i], SPL_MAX);
            }
            return Octets.of(tcb);
        }

        /** Raw, or as older certificates have it in an OCTET STRING of its own. */
        private Optional<Octets> hardwareId(SnpProduct product) throws MalformedException {
            Optional<byte[]> value = value("4");
            if (value.isEmpty()) {
                return Optional.empty();
            }
            int expected =
                    product == SnpProduct.TURIN ? HARDWARE_ID_BYTES_TURIN : HARDWARE_ID_BYTES;
            byte[] id = value.get();
            if (id.length != expected) {
                Der der = Der.of(id);
                id = der.content(Der.OCTET_STRING);
                der.finish();
            }
            if (id.length != expected) {
                throw new MalformedException(
                        OID + 4, id.length + " bytes", expected + " bytes for " + product);
            }
            return Optional.of(Octets.of(id));
        }

        private int integer(String number, int max) throws MalformedException {
            Der der = Der.of(value(number).orElseThrow(() -> absent(number)));
            int integer = der.integer(max);
            der.finish();
            return integer;
        }

        private Optional<String> text(String number) throws MalformedException {
            Optional<byte[]> value = value(number);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            Der der = Der.of(value.get());
            String text = new String(der.content(IA5_STRING), StandardCharsets.ISO_8859_1);
            der.finish();
            if (!text.matches("[\\x20-\\x7e]{1," + NAME_CHARS_MAX + "}")) {
                throw new MalformedException(
                        Fault.quoted(OID + number, text, "1 to 128 characters of printable ASCII"));
            }
            return Optional.of(text);
        }

        private Optional<byte[]> value(String number) throws MalformedException {
            byte[] octets = extension.apply(OID + number);
            if (octets == null) {
                return Optional.empty();
            }
            Der der = Der.of(octets);
            byte[] value = der.content(Der.OCTET_STRING);
            der.finish();
            return Optional.of(value);
        }

        private static MalformedException absent(String number) {
            return new MalformedException(NAME, "absent", OID + number);
        }
    }
}
