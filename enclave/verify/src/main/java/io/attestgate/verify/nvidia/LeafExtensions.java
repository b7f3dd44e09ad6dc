package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.Der;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the certificate of a report's key says of firmware and device.
 *
 * <p>Hopper's has the extension 2.23.133.5.4.1 with a version, the key of the device below, and the
 * firmware's id. Blackwell's has 2.23.133.5.4.1.1 with a {@code DiceTcbInfo} (TCG DICE Attestation
 * Architecture §6.1.1): its flags, and one firmware id, after which zeros alone may follow, as they
 * do. Both have the device's name as DMTF's {@code otherName} 1.3.6.1.4.1.412.274.1 (DSP0274 1.1,
 * Annex C). What names a second firmware, or says anything of it twice, is refused: two readers
 * could believe two things.
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

    /** {@code DiceMultiTcbInfo} (ibid. §6.1.3): several of them, of which none is known. */
    static final String MULTI_TCB_INFO = "2.23.133.5.4.5";

    static final String ALTERNATIVE_NAME = "2.5.29.17";

    /** The flags 1 (not secure), 2 (recovery) and 3 (debug). */
    private static final int UNSAFE_FLAGS = 0b0111_0000;

    private static final int FWID_BYTES = 48;
    private static final int UTF8_STRING = 0x0c;
    private static final int OTHER_NAME = 0xa0;
    private static final int FWIDS = 0xa6;
    private static final int FLAGS = 0x87;

    /** {@code flagsMask}: which of the flags mean anything. */
    private static final int FLAGS_MASK = 0x8a;

    private static final int TAG_NUMBER = 0x1f;
    private static final Octets NO_FIRMWARE = Octets.of(new byte[FWID_BYTES]);
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
            Firmware firmware = firmware(extension);
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

    private static Firmware firmware(Function<String, Optional<byte[]>> extension)
            throws MalformedException {
        List<String> named =
                Stream.of(DEVICE_ID, TCB_INFO, MULTI_TCB_INFO)
                        .filter(oid -> extension.apply(oid).isPresent())
                        .toList();
        if (named.equals(List.of(DEVICE_ID))) {
            return deviceId(value(extension, DEVICE_ID));
        }
        if (named.equals(List.of(TCB_INFO))) {
            return tcbInfo(value(extension, TCB_INFO));
        }
        throw new MalformedException(
                "firmware", "extensions " + named, "either " + DEVICE_ID + " or " + TCB_INFO);
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

    /** The one alternative name, which must be DMTF's. */
    private static String name(Der names) throws MalformedException {
        Der other = names.enter(OTHER_NAME);
        if (!Arrays.equals(other.content(Der.OID), DEVICE_INFO)) {
            throw new MalformedException("device name", "another type", "DMTF's otherName");
        }
        Der explicit = other.enter(OTHER_NAME);
        String name = new String(explicit.content(UTF8_STRING), StandardCharsets.UTF_8);
        explicit.finish();
        other.finish();
        names.finish();
        return name;
    }

    private static Firmware deviceId(Der deviceId) throws MalformedException {
        deviceId.skip(Der.INTEGER);
        Octets key = Octets.of(deviceId.value(Der.SEQUENCE));
        Octets id = fwid(deviceId);
        deviceId.finish();
        return new Firmware(id, Optional.of(key), Optional.empty());
    }

    /** Its fields are in the order of their numbers, each once (X.690 §8.9, §10). */
    private static Firmware tcbInfo(Der tcbInfo) throws MalformedException {
        Optional<Octets> id = Optional.empty();
        Optional<Integer> flags = Optional.empty();
        int last = -1;
        while (tcbInfo.hasNext()) {
            int tag = tcbInfo.peekTag();
            if ((tag & TAG_NUMBER) <= last || tag == FLAGS_MASK) {
                throw new MalformedException(
                        "extension " + TCB_INFO,
                        "field %d after %d".formatted(tag & TAG_NUMBER, last),
                        "each field once, in order, and no flagsMask");
            }
            last = tag & TAG_NUMBER;
            if (tag == FWIDS) {
                id = Optional.of(only(tcbInfo.enter(FWIDS)));
            } else if (tag == FLAGS) {
                flags = Optional.of(flags(tcbInfo.content(FLAGS)));
            } else {
                tcbInfo.skip(tag);
            }
        }
        if (id.isEmpty() || flags.isEmpty()) {
            throw new MalformedException(
                    "extension " + TCB_INFO,
                    id.isEmpty() ? "no fwids" : "no flags",
                    "a firmware's id and its flags");
        }
        return new Firmware(id.get(), Optional.empty(), flags);
    }

    /** The first id; no other may name a firmware, too. */
    private static Octets only(Der ids) throws MalformedException {
        Octets first = fwid(ids);
        while (ids.hasNext()) {
            Octets further = fwid(ids);
            if (!further.equals(NO_FIRMWARE)) {
                throw new MalformedException(
                        "fwids", "two, " + further, "one, and none but zeros after it");
            }
        }
        return first;
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
