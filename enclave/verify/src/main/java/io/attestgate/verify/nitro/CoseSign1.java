package io.attestgate.verify.nitro;

import static io.attestgate.verify.evidence.MalformedException.good;

import io.attestgate.verify.cbor.Cbor;
import io.attestgate.verify.cbor.CborReader;
import io.attestgate.verify.cbor.CborWriter;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.P384;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A message with one signature of ES384 (RFC 9052 §4.2, RFC 9053 §2.1), tagged or not, as Nitro
 * makes it: its protected header says the algorithm and nothing else, its unprotected header
 * nothing.
 *
 * <p>Every other header is refused: another algorithm, a critical or unknown label, a key's id. So
 * nothing that is not signed can say how to read what is.
 *
 * @param payload what is signed, 1 to {@link #PAYLOAD_BYTES_MAX} bytes
 * @param signature {@code r || s}, 48 bytes each
 */
record CoseSign1(Octets payload, Octets signature) {
    /** As Amazon bounds its documents (NSM attestation process, 3.1). */
    static final int PAYLOAD_BYTES_MAX = 16 * 1024;

    /** A payload, its signature, and the heads of five items. */
    static final int SIZE_BYTES_MAX = PAYLOAD_BYTES_MAX + P384.SIGNATURE_BYTES + 32;

    private static final int TAG = 18;

    /** {@code {1: -35}}: alg, ES384 (RFC 9053 §2.1). */
    private static final Octets PROTECTED = Octets.of(HexFormat.of().parseHex("a1013822"));

    private static final Cbor UNPROTECTED = Cbor.pairs();
    private static final Cbor NO_EXTERNAL_DATA = Cbor.Bytes.of(new byte[0]);

    /** Whether bytes begin as a message does: a tag or none, four elements, a byte string. */
    static boolean isLike(byte[] bytes) {
        int at = bytes.length > 0 && Byte.toUnsignedInt(bytes[0]) == (0xc0 | TAG) ? 1 : 0;
        return bytes.length > at + 1
                && Byte.toUnsignedInt(bytes[at]) == 0x84
                && Byte.toUnsignedInt(bytes[at + 1]) >> 5 == 2;
    }

    /** Reads all of the bytes. */
    static CoseSign1 read(byte[] bytes) throws MalformedException {
        List<Cbor> elements = elements(good(CborReader.parse(bytes, SIZE_BYTES_MAX)));
        if (!elements.get(0).equals(new Cbor.Bytes(PROTECTED))) {
            throw new MalformedException(
                    "protected header", found(elements.get(0)), "alg ES384 alone: " + PROTECTED);
        }
        if (!elements.get(1).equals(UNPROTECTED)) {
            throw new MalformedException(
                    "unprotected header", found(elements.get(1)), "an empty map");
        }
        return new CoseSign1(
                bytes("payload", elements.get(2), 1, PAYLOAD_BYTES_MAX),
                bytes("signature", elements.get(3), P384.SIGNATURE_BYTES, P384.SIGNATURE_BYTES));
    }

    private static List<Cbor> elements(Cbor message) throws MalformedException {
        Cbor untagged =
                message instanceof Cbor.Tagged tagged && tagged.tag() == TAG
                        ? tagged.content()
                        : message;
        if (untagged instanceof Cbor.Arr array && array.elements().size() == 4) {
            return array.elements();
        }
        throw new MalformedException(
                "message", untagged.kind(), "an array of four, under the tag 18 or none");
    }

    private static Octets bytes(String name, Cbor item, int min, int max)
            throws MalformedException {
        if (item instanceof Cbor.Bytes bytes
                && bytes.value().size() >= min
                && bytes.value().size() <= max) {
            return bytes.value();
        }
        throw new MalformedException(
                name, found(item), "a byte string of %d to %d".formatted(min, max));
    }

    private static String found(Cbor item) {
        return item instanceof Cbor.Bytes bytes
                ? bytes.value().size() + " bytes " + prefix(bytes.value())
                : item.kind();
    }

    private static Octets prefix(Octets bytes) {
        return Octets.of(Arrays.copyOf(bytes.bytes(), Math.min(bytes.size(), 16)));
    }

    /** Whether that key signed it: over its Sig_structure (RFC 9052 §4.4). */
    boolean isSignedBy(PublicKey key) {
        return P384.isSigned(key, signature.bytes(), Octets.of(toBeSigned()));
    }

    /** The bytes under the signature. */
    byte[] toBeSigned() {
        return CborWriter.write(
                Cbor.Arr.of(
                        new Cbor.Text("Signature1"),
                        new Cbor.Bytes(PROTECTED),
                        NO_EXTERNAL_DATA,
                        new Cbor.Bytes(payload)));
    }
}
