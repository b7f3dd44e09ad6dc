package io.attestgate.verify.testpki;

import io.attestgate.verify.testpki.P384Authority.Added;
import io.attestgate.verify.testpki.P384Authority.Subject;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * NVIDIA's two roots with what is below them, played: of devices (product, provisioner), and of
 * manifests (product, signers' authority, signer), in the names and algorithms of the real ones.
 *
 * @param chip {@code GH100} or {@code GB100}
 */
public record NvidiaPki(
        String chip,
        P384Authority deviceRoot,
        P384Authority product,
        P384Authority provisioner,
        P384Authority rimRoot,
        P384Authority rimProduct,
        P384Authority rimAuthority,
        P384Authority rimSigner,
        Validity validity) {
    private static final AtomicLong SERIAL = new AtomicLong(0x1000);
    private static final String DEVICE_ID = "2.23.133.5.4.1";
    private static final String TCB_INFO = "2.23.133.5.4.1.1";
    private static final String ALTERNATIVE_NAME = "2.5.29.17";
    private static final ASN1ObjectIdentifier SHA384 =
            new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.2");
    private static final ASN1ObjectIdentifier DEVICE_INFO =
            new ASN1ObjectIdentifier("1.3.6.1.4.1.412.274.1");

    /** A device: its own key and certificate, and a report's key below it. */
    public record Device(P384Authority identity, P384Authority key) {}

    /** Everything valid from a day before {@code now} to a year after. */
    public static NvidiaPki at(String chip, Instant now) {
        return of(
                chip, new Validity(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365))));
    }

    /** Everything valid in that time. */
    public static NvidiaPki of(String chip, Validity validity) {
        P384Authority root = P384Authority.root("CN=NVIDIA Device Identity CA,O=NVIDIA", validity);
        P384Authority product = root.issue(authority("NVIDIA " + chip + " Identity", validity));
        P384Authority rimRoot =
                P384Authority.root("CN=NVIDIA CoRIM signing Root CA,O=NVIDIA,C=US", validity);
        P384Authority rimProduct =
                rimRoot.issue(authority("NVIDIA Reference Value " + chip + " CA", validity));
        P384Authority rimAuthority =
                rimProduct.issue(authority("NVIDIA Reference Value L3 " + chip, validity));
        return new NvidiaPki(
                chip,
                root,
                product,
                product.issue(authority("NVIDIA " + chip + " Provisioner ICA 1", validity)),
                rimRoot,
                rimProduct,
                rimAuthority,
                rimAuthority.issue(signer("HCC RIM L4 Signer", validity)),
                validity);
    }

    /** The same with another signer of manifests. */
    public NvidiaPki withRimSigner(P384Authority other) {
        return new NvidiaPki(
                chip,
                deviceRoot,
                product,
                provisioner,
                rimRoot,
                rimProduct,
                rimAuthority,
                other,
                validity);
    }

    public static Subject authority(String commonName, Validity validity) {
        return new Subject(
                "CN=" + commonName + ",O=NVIDIA Corporation,C=US", serial(), validity, true);
    }

    public static Subject signer(String commonName, Validity validity) {
        return new Subject(
                "CN=" + commonName + ",O=NVIDIA Corporation,C=US", serial(), validity, false);
    }

    private static BigInteger serial() {
        return BigInteger.valueOf(SERIAL.getAndIncrement());
    }

    /**
     * A device with that number, and a key of that firmware in it: Hopper's extension, or
     * Blackwell's with those operational flags.
     */
    public Device device(long number, byte[] fwid, int flags) {
        BigInteger serial = BigInteger.valueOf(0x41).shiftLeft(Long.SIZE).or(positive(number));
        P384Authority identity =
                provisioner.issue(
                        new Subject(
                                "CN=%s A01 GSP BROM,O=NVIDIA Corporation,C=US".formatted(chip),
                                serial,
                                validity,
                                true));
        return new Device(identity, key(identity, number, fwid, flags));
    }

    /** Another key of a device's, for that firmware. */
    public P384Authority key(P384Authority identity, long number, byte[] fwid, int flags) {
        Added firmware =
                chip.startsWith("GH")
                        ? new Added(DEVICE_ID, false, deviceId(identity, fwid))
                        : new Added(TCB_INFO, false, tcbInfo(fwid, flags));
        return identity.issue(signer(chip + " A01 GSP FMC LF", validity), name(number), firmware);
    }

    private static BigInteger positive(long number) {
        return new BigInteger(1, HexFormat.of().parseHex("%016x".formatted(number)));
    }

    private Added name(long number) {
        String name = "NVIDIA:%s:%016X".formatted(chip, number);
        return new Added(
                ALTERNATIVE_NAME,
                false,
                new DERSequence(
                        new DERTaggedObject(
                                false,
                                0,
                                new DERSequence(
                                        new ASN1Encodable[] {
                                            DEVICE_INFO,
                                            new DERTaggedObject(true, 0, new DERUTF8String(name))
                                        }))));
    }

    private static DERSequence deviceId(P384Authority identity, byte[] fwid) {
        try {
            ASN1Primitive key =
                    ASN1Primitive.fromByteArray(identity.certificate().getPublicKey().getEncoded());
            return new DERSequence(new ASN1Encodable[] {new ASN1Integer(1), key, fwid(fwid)});
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static DERSequence tcbInfo(byte[] fwid, int flags) {
        return new DERSequence(
                new ASN1Encodable[] {
                    new DERTaggedObject(false, 0, new DERUTF8String("NVIDIA")),
                    new DERTaggedObject(false, 3, new ASN1Integer(1)),
                    fwids(fwid, new byte[48]),
                    flags(flags)
                });
    }

    /** Of a {@code DiceTcbInfo}: the ids of firmware. */
    public static ASN1Encodable fwids(byte[]... ids) {
        ASN1Encodable[] all = Arrays.stream(ids).map(NvidiaPki::fwid).toArray(ASN1Encodable[]::new);
        return new DERTaggedObject(false, 6, new DERSequence(all));
    }

    /** Of a {@code DiceTcbInfo}: the first eight operational flags. */
    public static ASN1Encodable flags(int flags) {
        return new DERTaggedObject(false, 7, new DERBitString(new byte[] {(byte) flags, 0, 0, 0}));
    }

    private static DERSequence fwid(byte[] digest) {
        return new DERSequence(new ASN1Encodable[] {SHA384, new DEROctetString(digest)});
    }

    /** The five certificates of a device's report. */
    public List<X509Certificate> chain(Device device) {
        return List.of(
                device.key().certificate(),
                device.identity().certificate(),
                provisioner.certificate(),
                product.certificate(),
                deviceRoot.certificate());
    }

    /** The four certificates of a manifest. */
    public List<X509Certificate> rimChain() {
        return List.of(
                rimSigner.certificate(),
                rimAuthority.certificate(),
                rimProduct.certificate(),
                rimRoot.certificate());
    }
}
