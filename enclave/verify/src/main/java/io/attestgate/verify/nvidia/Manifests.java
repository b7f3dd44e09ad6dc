package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what a GPU measured against the manifests of its driver and its vBIOS.
 *
 * <p>A manifest names a chip and a version. Of several for the same both, those count that stand;
 * what they list is NVIDIA's word either way.
 */
final class Manifests {
    private static final String CLAUSE = "docs/evidence-nvidia.md, manifests";
    private static final int CANDIDATES_MAX = 8;

    /** A decoder that may be switched off for good has this measurement, counted from 0. */
    private static final int NVDEC0_INDEX = 35;

    private static final long NVDEC0_DISABLED = 0x55;

    private final Report report;
    private final String chip;
    private final Question question;

    /**
     * What the manifests make of a GPU.
     *
     * @param state not judged; out of date where NVIDIA put a manifest on hold
     * @param judged how many measurements were compared
     * @param roots SHA-256 of the certificates that the manifests' chains end in
     */
    record Judged(TcbState state, int judged, Set<Hash32> roots) {}

    private record Pair(Rim driver, Rim vbios) {}

    private Manifests(Report report, String chip, Question question) {
        this.report = report;
        this.chip = chip;
        this.question = question;
    }

    /**
     * The first driver's and vBIOS's manifests that stand; else why those that went furthest fail.
     */
    static Judged judge(Report report, String chip, Question question) throws RefusedException {
        Manifests manifests = new Manifests(report, chip, question);
        List<Rim> drivers = manifests.of("driver", report.said().driverVersion());
        List<Rim> all = manifests.of("vBIOS", report.said().vbiosVersion());
        List<Refusal> refusals = new ArrayList<>();
        for (Rim driver : drivers) {
            for (Rim vbios : all) {
                try {
                    return manifests.judge(new Pair(driver, vbios));
                } catch (RefusedException e) {
                    refusals.add(e.refusal());
                }
            }
        }
        throw new RefusedException(
                refusals.stream().max(Comparator.comparing(Refusal::check)).orElseThrow());
    }

    private List<Rim> of(String what, Optional<String> version) throws RefusedException {
        String wanted =
                "%s manifest of %s, version %s".formatted(what, chip, version.orElse("(unnamed)"));
        List<Rim> rims = question.collateral().rims();
        RefusedException.unless(
                !rims.isEmpty(), Check.COLLATERAL, "no manifest", "the " + wanted, CLAUSE);
        List<Rim> found =
                rims.stream()
                        .filter(rim -> rim.product().equals(chip))
                        .filter(rim -> isSame(rim.version(), version))
                        .limit(CANDIDATES_MAX)
                        .toList();
        RefusedException.unless(
                !found.isEmpty(),
                Check.COLLATERAL_MATCH,
                rims.stream()
                        .map(rim -> rim.product() + " " + rim.version())
                        .sorted()
                        .collect(Collectors.joining(", ", "manifests of ", "")),
                "the " + wanted,
                CLAUSE);
        return found;
    }

    private static boolean isSame(String version, Optional<String> reported) {
        return reported.isPresent()
                && reported.get().toUpperCase(Locale.ROOT).equals(version.toUpperCase(Locale.ROOT));
    }

    private Judged judge(Pair pair) throws RefusedException {
        Question apart = question.apart();
        boolean driverHeld = stands(pair.driver(), apart);
        boolean vbiosHeld = stands(pair.vbios(), apart);
        boolean hold = driverHeld || vbiosHeld;
        int judged = measured(golden(pair));
        if (hold) {
            held();
        }
        question.expiry().at(apart.expiry().first());
        return new Judged(hold ? TcbState.OUT_OF_DATE : TcbState.UNJUDGED, judged, roots(pair));
    }

    private static Set<Hash32> roots(Pair pair) {
        return Stream.of(pair.driver(), pair.vbios())
                .map(rim -> Certificates.sha256(rim.chain().getLast()))
                .collect(Collectors.toSet());
    }

    /** Its chain stands and it is signed; returns whether it is on hold. */
    static boolean stands(Rim rim, Question question) throws RefusedException {
        boolean hold = Chains.isManifestOnHold(rim.chain(), question);
        RefusedException.unless(
                rim.isSigned(),
                Check.COLLATERAL,
                "manifest %s %s, signed by another".formatted(rim.product(), rim.version()),
                "signed by " + Certificates.name(rim.chain().getFirst()),
                "W3C XML Signature 1.1, 3.2");
        return hold;
    }

    /** NVIDIA puts the signer of a manifest on hold that should no longer be used. */
    private void held() throws RefusedException {
        RefusedException.unless(
                question.policy().until(TcbState.OUT_OF_DATE, question.now()).isPresent(),
                Check.REVOKED,
                "a manifest's certificate, on hold" + question.policy().lapse(TcbState.OUT_OF_DATE),
                "one that NVIDIA stands by, or a policy that accepts out-of-date now",
                CLAUSE);
    }

    private static SortedMap<Integer, Golden> golden(Pair pair) throws RefusedException {
        SortedMap<Integer, Golden> golden = new TreeMap<>(pair.driver().golden());
        Set<Integer> both = new TreeSet<>(golden.keySet());
        both.retainAll(pair.vbios().golden().keySet());
        RefusedException.unless(
                both.isEmpty(),
                Check.COLLATERAL,
                "measurements " + both + " in both manifests",
                "each in one of them",
                CLAUSE);
        golden.putAll(pair.vbios().golden());
        return golden;
    }

    private int measured(SortedMap<Integer, Golden> golden) throws RefusedException {
        int judged = 0;
        for (Map.Entry<Integer, Golden> one : golden.entrySet()) {
            if (one.getKey() == NVDEC0_INDEX && isDecoderOff()) {
                continue;
            }
            Optional<Octets> value =
                    Optional.ofNullable(report.measurements().get(one.getKey() + 1));
            RefusedException.unless(
                    one.getValue().allows(value),
                    Check.MODULE,
                    "measurement %d: %s"
                            .formatted(one.getKey(), value.map(Octets::toString).orElse("absent")),
                    "one of " + one.getValue().values(),
                    CLAUSE);
            judged++;
        }
        return judged;
    }

    private boolean isDecoderOff() {
        return report.opaque()
                .field(OpaqueData.NVDEC0_STATUS)
                .filter(status -> status.size() == 1 && status.at(0) == NVDEC0_DISABLED)
                .isPresent();
    }
}
