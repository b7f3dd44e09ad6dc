package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * GPUs that are said to be of one machine, each judged by itself: as many as the policy asks for,
 * and each another device, so that one cannot answer twice.
 *
 * <p>That they are of one machine, and of the processor's, no report says: it rests on the driver
 * in the measured guest, which speaks with them over keys of its own.
 */
record GpuSet(List<Gpu> gpus) {
    private static final String PLATFORM = "nvidia";
    private static final String RESTS_ON =
            "NVIDIA: its device root, its manifests' root, and the firmware of the GPU that it"
                    + " names; that the GPU is of this machine, on the measured driver alone";

    Appraisal judge(Question question) throws RefusedException {
        count(question.accepted().count());
        distinct();
        boolean held = gpus.stream().anyMatch(gpu -> gpu.judged().state() == TcbState.OUT_OF_DATE);
        SortedMap<String, String> claims = new TreeMap<>();
        SortedMap<String, String> identity = new TreeMap<>();
        for (int i = 0; i < gpus.size(); i++) {
            String prefix = gpus.size() == 1 ? "" : "gpu" + i + ".";
            put(claims, prefix, Inspection.claims(gpus.get(i).report()));
            claims.put(
                    prefix + "measurementsJudged", Integer.toString(gpus.get(i).judged().judged()));
            put(identity, prefix, gpus.get(i).device().names());
        }
        return new Appraisal.Trusted(
                platform(),
                claims,
                identity,
                held ? TcbState.OUT_OF_DATE : TcbState.UNJUDGED,
                new TreeSet<>(),
                roots(),
                question.expiry().first());
    }

    private SortedSet<Hash32> roots() {
        SortedSet<Hash32> roots = new TreeSet<>();
        for (Gpu gpu : gpus) {
            roots.add(Certificates.sha256(gpu.device().chain().getLast()));
            roots.addAll(gpu.judged().roots());
        }
        return roots;
    }

    private void count(int expected) throws RefusedException {
        RefusedException.unless(
                gpus.size() == expected,
                Check.GPU,
                gpus.size() + " GPUs",
                expected + ", as the policy says",
                "docs/evidence-nvidia.md, several GPUs");
    }

    private void distinct() throws RefusedException {
        Set<Object> seen = new HashSet<>();
        for (Gpu gpu : gpus) {
            RefusedException.unless(
                    seen.add(gpu.device().serial()) && seen.add(gpu.device().key()),
                    Check.GPU,
                    "%s twice".formatted(gpu.device().leaf().name()),
                    "each GPU another device",
                    "docs/evidence-nvidia.md, several GPUs");
        }
    }

    private static void put(
            SortedMap<String, String> all, String prefix, Map<String, String> some) {
        some.forEach((name, value) -> all.put(prefix + name, value));
    }

    private PlatformReport platform() {
        ByteArrayOutputStream registers = new ByteArrayOutputStream();
        for (Gpu gpu : gpus) {
            registers.writeBytes(sha384(gpu.report().record().bytes()));
        }
        return new PlatformReport(
                        PLATFORM,
                        registers.toByteArray(),
                        gpus.size() == 1
                                ? Instance.of(PLATFORM, gpus.getFirst().device().serial().bytes())
                                : Optional.empty(),
                        Optional.empty(),
                        RESTS_ON)
                .underDebug(gpus.stream().anyMatch(gpu -> gpu.device().leaf().isUnsafe()));
    }

    private static byte[] sha384(byte[] record) {
        try {
            return MessageDigest.getInstance("SHA-384").digest(record);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-384", e);
        }
    }
}
