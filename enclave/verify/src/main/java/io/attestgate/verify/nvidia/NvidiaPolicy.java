package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.PolicyPart;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.wire.Hash32;
import java.util.Map;
import java.util.Set;

/**
 * What a reader accepts of NVIDIA's GPUs. Every field is trust, so none has a default.
 *
 * @param deviceRoots of the policy's roots, those that devices' chains may end in
 * @param rimRoots of the policy's roots, those that manifests' chains may end in
 * @param chips the products: {@code GH100}, {@code GB100}
 * @param modes of confidential computing
 * @param count how many GPUs there must be, each another
 * @param fwid whether a report must name the firmware that its key's certificate names
 * @param ocsp whether a certificate passes about which nothing holds now
 * @param drivers by branch, the least version; a branch that is not there does not pass
 * @param vbios by board (project, its SKU, the chip's), the least version; a board that is not
 *     there does not pass
 */
public record NvidiaPolicy(
        Set<Hash32> deviceRoots,
        Set<Hash32> rimRoots,
        Set<String> chips,
        Set<Mode> modes,
        int count,
        Fwid fwid,
        Revocation ocsp,
        Map<String, Version> drivers,
        Map<String, Version> vbios)
        implements PolicyPart {
    /** The GPUs of one machine. */
    public static final int COUNT_MAX = 16;

    /** What becomes of a report without its firmware's id: formats before 2024 have none. */
    public enum Fwid {
        REQUIRED,
        /** One that is there must be the certificate's. */
        IF_REPORTED
    }

    public NvidiaPolicy {
        deviceRoots = Set.copyOf(deviceRoots);
        rimRoots = Set.copyOf(rimRoots);
        chips = Set.copyOf(chips);
        modes = Set.copyOf(modes);
        drivers = Map.copyOf(drivers);
        vbios = Map.copyOf(vbios);
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "count: %d (expected: 1 to %d)".formatted(count, COUNT_MAX));
        }
    }

    /** The same for that many GPUs: those of an envelope are judged one by one, then counted. */
    public NvidiaPolicy withCount(int gpus) {
        return new NvidiaPolicy(
                deviceRoots, rimRoots, chips, modes, gpus, fwid, ocsp, drivers, vbios);
    }
}
