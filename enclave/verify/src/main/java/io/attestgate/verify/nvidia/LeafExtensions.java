package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.Der;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the certificate of a report's key says of firmware and device.
 *
 * <p>Hopper's has the extension 2.23.133.5.4.1 with a version, the key of the device below, and the
 * firmware's id. Blackwell's has 2.23.133.5.4.1.1 with a {@code DiceTcbInfo} (TCG DICE Attestation
 * Architecture §6.1.1), of which the first firmware id counts. Both have the device's name as
 * DMTF's {@code otherName} 1.3.6.1.4.1.412.274.1 (DSP0274 1.1, Annex C).
 *
 * @param fwid SHA-384 of the firmware that holds the key
 * @param deviceKey the SubjectPublicKeyInfo of the device that vouches for it, where it is named
 * @param flags the first eight operational flags, from the left, where there are any
 * @param chip the product in the device's name: {@code GH100}
 * @param name the device's name: {@code NVIDIA:GH100:48B02D92494BADF4}
 */
record LeafExtensions(
        Octets fwid,
        Optional<Octets> deviceKey,
        Optional<Integer> flags,
        String chip,
        String name) {
    static final String DEVICE_ID = "2.23.133.5.4.1";
    static final String TCB_INFO = "2.23.133.5.4.1.1";
    static final String ALTERNATIVE_NAME = "2.5.29.17";

    /** The flags 1 (not secure), 2 (recovery) and 3 (debug). */
    private static final int UNSAFE_FLAGS = 0b0111_0000;

    private static final int FWID_BYTES = 48;
    private static final int UTF8_STRING = 0x0c;
    private static final int OTHER_NAME = 0xa0;
    private static final int FWIDS = 0xa6;
    private static final int FLAGS = 0x87;
    private static final byte[] SHA384 = {0x60, (byte) 0x86, 0x48, 1, 0x65, 3, 4, 2, 2};
    private static final byte[] DEVICE_INFO = {
        0x2b, 6, 1, 4, 1, (byte) 0x83, 0x1c, (byte) 0x82, 0x12, 1
    };
    private static final Pattern NAME = Pattern.compile("NVIDIA:([A-Z0-9_]{2,16}):[0-9A-F]{16}");

    private record Firmware(Octets id, Optional<Octets> deviceKey, Optional<Integer> flags) {}

    static Parsed<LeafExtensions> parse(X509Certificate leaf) {
        return parse(oid -> Optional.ofNullable(leaf.getExtensionValue(oid)));
    }

    /**
     * Reads the extensions.
     *
     * @param extension by dotted number, its value in an OCTET STRING; empty if it is absent
     */
    static Parsed<LeafExtensions> parse(Function<String, Optional<byte[]>> extension) {
        try {
            String name = name(value(extension, ALTERNATIVE_NAME));
            Matcher parts = NAME.matcher(name);
            if (!parts.matches()) {
                throw new MalformedException(
                        Fault.quoted("device name", name, "NVIDIA, a product and 16 digits"));
            }
            Firmware firmware =
                    extension.apply(DEVICE_ID).isPresent()
                            ? deviceId(value(extension, DEVICE_ID))
                            : tcbInfo(value(extension, TCB_INFO));
            return Parsed.good(
                    new LeafExtensions(
                            firmware.id(),
                            firmware.deviceKey(),
                            firmware.flags(),
                            parts.group(1),
                            name));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static Der value(Function<String, Optional<byte[]>> extension, String oid)
            throws MalformedException {
        Optional<byte[]> value = extension.apply(oid);
        if (value.isEmpty()) {
            throw new MalformedException("extension " + oid, "absent", "one in the certificate");
        }
        Der outer = Der.of(value.get());
        byte[] content = outer.content(Der.OCTET_STRING);
        outer.finish();
        Der inner = Der.of(content);
        Der sequence = inner.enter(Der.SEQUENCE);
        inner.finish();
        return sequence;
    }

    /** The first alternative name, which must be DMTF's. */
    private static String name(Der names) throws MalformedException {
        Der other = names.enter(OTHER_NAME);
        if (!Arrays.equals(other.content(Der.OID), DEVICE_INFO)) {
            throw new MalformedException("device name", "another type", "DMTF's otherName");
        }
        Der explicit = other.enter(OTHER_NAME);
        String name = new String(explicit.content(UTF8_STRING), StandardCharsets.UTF_8);
        explicit.finish();
        other.finish();
        return name;
    }

    private static Firmware deviceId(Der deviceId) throws MalformedException {
        deviceId.skip(Der.INTEGER);
        Octets key = Octets.of(deviceId.value(Der.SEQUENCE));
        Octets id = fwid(deviceId);
        deviceId.finish();
        return new Firmware(id, Optional.of(key), Optional.empty());
    }

    private static Firmware tcbInfo(Der tcbInfo) throws MalformedException {
        Optional<Octets> id = Optional.empty();
        Optional<Integer> flags = Optional.empty();
        while (tcbInfo.hasNext()) {
            int tag = tcbInfo.peekTag();
            if (tag == FWIDS) {
                id = Optional.of(fwid(tcbInfo.enter(FWIDS)));
            } else if (tag == FLAGS) {
                flags = Optional.of(flags(tcbInfo.content(FLAGS)));
            } else {
                tcbInfo.skip(tag);
            }
        }
        if (id.isEmpty()) {
            throw new MalformedException("extension " + TCB_INFO, "no fwids", "a firmware's id");
        }
        return new Firmware(id.get(), Optional.empty(), flags);
    }

    private static Octets fwid(Der ids) throws MalformedException {
        Der id = ids.enter(Der.SEQUENCE);
        byte[] algorithm = id.content(Der.OID);
        byte[] digest = id.content(Der.OCTET_STRING);
        id.finish();
        if (!Arrays.equals(algorithm, SHA384) || digest.length != FWID_BYTES) {
            throw new MalformedException("fwid", digest.length + " bytes", "SHA-384, 48 bytes");
        }
        return Octets.of(digest);
    }

    /** The first eight bits; the byte before them says how many at the end do not count. */
    private static int flags(byte[] bits) {
        return bits.length < 2 ? 0 : Byte.toUnsignedInt(bits[1]);
    }

    /** Whether the firmware says that it is in debug or recovery, or not secure. */
    boolean isUnsafe() {
        return flags.isPresent() && (flags.get() & UNSAFE_FLAGS) != 0;
    }
}
