package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Expiry;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges an attestation report of SEV-SNP, and stops at the first check that fails
 * (docs/evidence-snp.md).
 */
public final class Verifier {
    /** SHA-256 of the certificate of ARK-Milan (2020 to 2045), which AMD publishes. */
    public static final Hash32 ARK_MILAN =
            pin("0x69d063b45344d26a2e94e1f4210de49ef555308287d4c174445c95639a540bcd");

    /** SHA-256 of the certificate of ARK-Genoa (2022 to 2047), which AMD publishes. */
    public static final Hash32 ARK_GENOA =
            pin("0x4c6598d19c18719c5dfd4a7d335f674e5bfe1d8f800cea2cf270c10d103db2f1");

    /** SHA-256 of the certificate of ARK-Turin (2023 to 2048), which AMD publishes. */
    public static final Hash32 ARK_TURIN =
            pin("0x1f084161a44bb6d93778a904877d4819cafa5d05ef4193b2ded9dd9c73dd3f6a");

    /** Roots that a policy may call by name. */
    public static final Map<String, Hash32> NAMED_ROOTS =
            Map.of("amd-milan", ARK_MILAN, "amd-genoa", ARK_GENOA, "amd-turin", ARK_TURIN);

    private static final String PLATFORM = "snp";
    private static final String RESTS_ON =
            "AMD: its root, its secure processor's firmware, and the processor that it names";

    private final Report report;
    private final Question question;

    private Verifier(Report report, Question question) {
        this.report = report;
        this.question = question;
    }

    /**
     * Judges a report; never throws for what it or the collateral holds.
     *
     * @param reportData 64 bytes that the report must carry; empty if the caller checks them
     */
    public static Appraisal verify(
            SnpEvidence evidence,
            Collateral collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        if (policy.part(SnpPolicy.class).isEmpty()) {
            return new Refusal(
                    Check.TCB_LEVEL,
                    "a policy without the member snp",
                    "the least that the reader accepts: AMD publishes no levels",
                    "docs/evidence-snp.md, policy");
        }
        Question question =
                new Question(
                        collateral.with(evidence.carried()),
                        policy,
                        policy.part(SnpPolicy.class).get(),
                        now,
                        new Expiry());
        try {
            return new Verifier(evidence.report(), question).judge(reportData);
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    /** Reads a report, with a certificate table or without, and judges it. */
    public static Appraisal verify(
            byte[] evidence,
            Collateral collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        return switch (SnpEvidence.parse(evidence)) {
            case Parsed.Bad<SnpEvidence> bad ->
                    Refusal.of(Check.REPORT, bad, "SEV-SNP Firmware ABI, 7.3");
            case Parsed.Good<SnpEvidence> good ->
                    verify(good.value(), collateral, policy, reportData, now);
        };
    }

    private Appraisal judge(Optional<Octets> reportData) throws RefusedException {
        Signer signer = signer();
        product();
        Vek vek = vek(signer);
        Hash32 root = Chain.judge(vek, question);
        signature(vek);
        accepted(vek);
        reportData(reportData);
        new GuestCheck(report, question).judge();
        floors(vek.product());
        unjudged();
        return trusted(vek, root);
    }

    private Signer signer() throws RefusedException {
        Optional<Signer> signer = report.signer();
        RefusedException.unless(
                signer.isPresent() && !report.isChipKeyMasked(),
                Check.SIGNER,
                "no key signed it, flags " + report.fields().get("flags"),
                "VCEK or VLEK, and the chip's key not masked",
                "SEV-SNP Firmware ABI, 7.3");
        return signer.orElseThrow();
    }

    private void product() throws RefusedException {
        RefusedException.unless(
                report.version() == 2 || report.product().isPresent(),
                Check.REPORT,
                "family %s, model %s"
                        .formatted(
                                report.fields().get("cpuidFamily"),
                                report.fields().get("cpuidModel")),
                "Milan, Genoa or Turin",
                "SEV-SNP Firmware ABI, 7.3");
    }

    /** The certificate of the key that the report names; of several the one whose key signed. */
    private Vek vek(Signer signer) throws RefusedException {
        List<Vek> all = question.collateral().veks();
        List<Vek> named =
                all.stream().filter(vek -> vek.mismatch(report, signer).isEmpty()).toList();
        if (named.isEmpty()) {
            String found =
                    all.stream()
                            .map(vek -> vek.mismatch(report, signer).orElseThrow())
                            .findFirst()
                            .orElse("no certificate of a " + signer);
            throw new RefusedException(
                    all.isEmpty() ? Check.COLLATERAL : Check.COLLATERAL_MATCH,
                    found,
                    "one of a %s, for TCB %s of chip %s"
                            .formatted(
                                    signer,
                                    report.reportedTcb(),
                                    report.chipId().map(Octets::toString).orElse("(masked)")),
                    "AMD 57230, 3.1");
        }
        return named.size() == 1
                ? named.getFirst()
                : named.stream()
                        .filter(vek -> vek.isSignatureOf(report))
                        .findFirst()
                        .orElse(named.getFirst());
    }

    private void signature(Vek vek) throws RefusedException {
        RefusedException.unless(
                vek.isSignatureOf(report),
                Check.SIGNATURE,
                "another signature over the first 672 bytes",
                "that key's, ECDSA P-384 with SHA-384",
                "SEV-SNP Firmware ABI, 7.3");
    }

    private void accepted(Vek vek) throws RefusedException {
        String key =
                vek.extensions().providerId().map(id -> SnpPolicy.VLEK + id).orElse(SnpPolicy.VCEK);
        RefusedException.unless(
                question.accepted().keys().contains(key),
                Check.SIGNER,
                key,
                "a key that the policy accepts: " + question.accepted().keys(),
                "the reader's policy");
    }

    private void reportData(Optional<Octets> expected) throws RefusedException {
        RefusedException.unless(
                expected.isEmpty() || expected.get().equals(report.reportData()),
                Check.REPORT_DATA,
                report.reportData().toString(),
                expected.map(Octets::toString).orElse(""),
                "docs/evidence.md, report_data");
    }

    private void floors(SnpProduct product) throws RefusedException {
        SnpPolicy.Floors floors = question.accepted().floors().get(product);
        if (floors == null) {
            throw new RefusedException(
                    Check.TCB_LEVEL,
                    product.toString(),
                    "a product for which the policy has floors: "
                            + question.accepted().floors().keySet(),
                    "the reader's policy");
        }
        floor("committedTcb", product, floors.committed());
        floor("currentTcb", product, floors.current());
        floor("reportedTcb", product, floors.reported());
        floor("launchTcb", product, floors.launch());
    }

    private void floor(String name, SnpProduct product, SnpTcb floor) throws RefusedException {
        SnpTcb tcb = report.tcb(name, product);
        RefusedException.unless(
                tcb.reaches(floor),
                Check.TCB_LEVEL,
                name + ": " + tcb.spelt(product),
                "at least " + floor.spelt(product),
                "the reader's policy");
    }

    /** AMD judges no levels: the policy's floors do, for as long as it accepts that. */
    private void unjudged() throws RefusedException {
        question.expiry()
                .at(
                        question.policy()
                                .until(TcbState.UNJUDGED, question.now())
                                .orElseThrow(
                                        () ->
                                                new RefusedException(
                                                        Check.TCB_STATE,
                                                        "unjudged"
                                                                + question.policy()
                                                                        .lapse(TcbState.UNJUDGED),
                                                        "a state that the policy accepts at "
                                                                + question.now(),
                                                        "the reader's policy")));
    }

    private Appraisal trusted(Vek vek, Hash32 root) {
        PlatformReport platform =
                new PlatformReport(
                        PLATFORM,
                        report.registers(),
                        report.chipId().flatMap(id -> Instance.of(PLATFORM, id.bytes())),
                        Optional.empty(),
                        restsOn(vek));
        return new Appraisal.Trusted(
                platform.underDebug(report.policy().isDebug()),
                report.fields(),
                identity(vek),
                TcbState.UNJUDGED,
                new TreeSet<>(),
                new TreeSet<>(Set.of(root)),
                question.expiry().first());
    }

    private static String restsOn(Vek vek) {
        return vek.extensions()
                .providerId()
                .map(
                        id ->
                                "AMD: its root, its secure processor's firmware; and the key loaded"
                                        + " by "
                                        + id)
                .orElse(RESTS_ON);
    }

    private SortedMap<String, String> identity(Vek vek) {
        SortedMap<String, String> identity = new TreeMap<>();
        identity.put("product", vek.product().toString());
        report.chipId().ifPresent(id -> identity.put("chipId", id.toString()));
        vek.extensions().hardwareId().ifPresent(id -> identity.put("hardwareId", id.toString()));
        vek.extensions().providerId().ifPresent(id -> identity.put("providerId", id));
        return identity;
    }

    private static Hash32 pin(String sha256) {
        return Hash32.parse(sha256).orElseThrow();
    }
}
