package io.attestgate.verify.nvidia;

import static io.attestgate.verify.testpki.NvidiaPki.flags;
import static io.attestgate.verify.testpki.NvidiaPki.fwids;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.testpki.NvidiaPki;
import io.attestgate.verify.testpki.P384Authority.Added;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;

/** What a report's certificate says of its firmware is one thing, or it is refused. */
final class LeafExtensionsTest {
    private static final byte[] FWID = filled(7);
    private static final byte[] OTHER = filled(8);
    private static final byte[] NONE = filled(0);
    private static final int FLAGS = 0x80;
    private static final ASN1Encodable VENDOR =
            new DERTaggedObject(false, 0, new DERUTF8String("NVIDIA"));

    private final NvidiaPki hopper = NvidiaPki.at("GH100", PlayedNvidia.NOW);
    private final NvidiaPki.Device device = hopper.device(1, FWID, FLAGS);
    private final X509Certificate leaf = device.key().certificate();
    private final Map<String, byte[]> extensions = new HashMap<>();

    LeafExtensionsTest() {
        extensions.put(LeafExtensions.ALTERNATIVE_NAME, of(LeafExtensions.ALTERNATIVE_NAME));
    }

    private static byte[] filled(int with) {
        byte[] id = new byte[48];
        Arrays.fill(id, (byte) with);
        return id;
    }

    private byte[] of(String oid) {
        return leaf.getExtensionValue(oid);
    }

    private static byte[] extension(ASN1Encodable... fields) {
        try {
            return new DEROctetString(new DERSequence(fields)).getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isRead() {
        return LeafExtensions.parse(oid -> Optional.ofNullable(extensions.get(oid)))
                instanceof Parsed.Good<LeafExtensions>;
    }

    private boolean isRead(ASN1Encodable... tcbInfo) {
        extensions.put(LeafExtensions.TCB_INFO, extension(tcbInfo));
        return isRead();
    }

    @Test
    void afterTheOneFirmwareIdNothingButZerosMayFollow() {
        assertThat(isRead(VENDOR, fwids(FWID), flags(FLAGS))).isTrue();
        assertThat(isRead(VENDOR, fwids(FWID, NONE), flags(FLAGS))).isTrue();
        assertThat(isRead(VENDOR, fwids(FWID, OTHER), flags(FLAGS))).isFalse();
        assertThat(isRead(VENDOR, fwids(FWID, NONE, OTHER), flags(FLAGS))).isFalse();
        assertThat(isRead(VENDOR, fwids(), flags(FLAGS))).isFalse();
    }

    @Test
    void everyFieldIsThereOnceAndInOrder() {
        assertThat(isRead(fwids(FWID), fwids(OTHER), flags(FLAGS))).isFalse();
        assertThat(isRead(fwids(FWID), flags(0x10), flags(FLAGS))).isFalse();
        assertThat(isRead(flags(FLAGS), fwids(FWID))).isFalse();
        assertThat(isRead(fwids(FWID))).as("without flags").isFalse();
        assertThat(isRead(flags(FLAGS))).as("without firmware").isFalse();
    }

    /** A mask says which flags mean nothing: debug might be one. */
    @Test
    void aMaskOfFlagsIsRefused() {
        ASN1Encodable mask = new DERTaggedObject(false, 10, new DERBitString(new byte[4]));

        assertThat(isRead(fwids(FWID), flags(FLAGS), mask)).isFalse();
    }

    @Test
    void twoExtensionsThatNameFirmwareAreRefused() {
        byte[] tcbInfo = extension(fwids(FWID), flags(FLAGS));
        extensions.put(LeafExtensions.DEVICE_ID, of(LeafExtensions.DEVICE_ID));
        assertThat(isRead()).isTrue();

        extensions.put(LeafExtensions.TCB_INFO, tcbInfo);
        assertThat(isRead()).isFalse();

        extensions.remove(LeafExtensions.DEVICE_ID);
        assertThat(isRead()).isTrue();
        extensions.put(LeafExtensions.MULTI_TCB_INFO, tcbInfo);
        assertThat(isRead()).isFalse();
    }

    @Test
    void aSecondNameOfTheDeviceIsRefused() {
        extensions.put(LeafExtensions.DEVICE_ID, of(LeafExtensions.DEVICE_ID));
        ASN1Encodable name =
                ASN1Sequence.getInstance(
                                ASN1OctetString.getInstance(of(LeafExtensions.ALTERNATIVE_NAME))
                                        .getOctets())
                        .getObjectAt(0);
        extensions.put(LeafExtensions.ALTERNATIVE_NAME, extension(name));
        assertThat(isRead()).isTrue();

        extensions.put(LeafExtensions.ALTERNATIVE_NAME, extension(name, name));
        assertThat(isRead()).isFalse();
    }

    /** The second of two has its number changed after the certificate was made. */
    @Test
    void aCertificateWithOneExtensionTwiceIsNone() throws IOException {
        String almost = LeafExtensions.TCB_INFO.substring(0, LeafExtensions.TCB_INFO.length() - 1);
        ASN1Encodable value = new DERSequence();
        byte[] der =
                Certificates.der(
                        device.identity()
                                .issue(
                                        NvidiaPki.signer("GB100", hopper.validity()),
                                        new Added(LeafExtensions.TCB_INFO, false, value),
                                        new Added(almost + "2", false, value))
                                .certificate());
        assertThat(Certificates.parse(der)).isInstanceOf(Parsed.Good.class);
        byte[] second = new ASN1ObjectIdentifier(almost + "2").getEncoded();
        for (int at = 0; at + second.length < der.length; at++) {
            if (Arrays.equals(der, at, at + second.length, second, 0, second.length)) {
                der[at + second.length - 1] = 1;
            }
        }

        assertThat(Certificates.parse(der)).isInstanceOf(Parsed.Bad.class);
    }
}
