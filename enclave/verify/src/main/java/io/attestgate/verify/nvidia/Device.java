package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One device, as its chain names it.
 *
 * @param chain the report's key first, then the device's, and on to the root
 * @param leaf what the first says of firmware and device
 */
record Device(List<X509Certificate> chain, LeafExtensions leaf) {

    private X509Certificate identity() {
        return chain.get(1);
    }

    /** The device's own serial number, which its authority gave it: a byte, then the chip's. */
    Octets serial() {
        return unsigned(identity().getSerialNumber());
    }

    /** SHA-256 of the key that was made in the device. */
    Hash32 key() {
        return Hash32.of(Digests.sha256(identity().getPublicKey().getEncoded()));
    }

    /** Whether that is a GPU of a generation that this release judges. */
    boolean isGpu() {
        return leaf.chip().startsWith("GH") || leaf.chip().startsWith("GB");
    }

    SortedMap<String, String> names() {
        SortedMap<String, String> names = new TreeMap<>();
        names.put("chip", leaf.chip());
        names.put("device", leaf.name());
        names.put("deviceKey", key().toString());
        names.put("deviceSerial", serial().toString());
        names.put("ueid", unsigned(chain.getFirst().getSerialNumber()).toString());
        return names;
    }

    private static Octets unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0
                ? Octets.of(Arrays.copyOfRange(bytes, 1, bytes.length))
                : Octets.of(bytes);
    }
}
