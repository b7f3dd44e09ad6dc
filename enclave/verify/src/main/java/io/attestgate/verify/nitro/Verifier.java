package io.attestgate.verify.nitro;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Expiry;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.PolicyDuration;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges an attestation document of Amazon's Nitro system, and stops at the first check that fails
 * (docs/evidence-nitro.md).
 */
public final class Verifier {
    /** SHA-256 of Amazon's root certificate G1 (2019 to 2049), as its manuals print it. */
    public static final Hash32 ROOT_G1 =
            Hash32.parse("0x641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b")
                    .orElseThrow();

    /** Roots that a policy may call by name. */
    public static final Map<String, Hash32> NAMED_ROOTS = Map.of("aws-nitro", ROOT_G1);

    /** How far the hypervisor's clock may be ahead of the reader's. */
    static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    private static final Pattern MODULE_ID =
            Pattern.compile("(i-[0-9a-f]{1,64})-((?:enc|tpm)[0-9a-f]{1,64})");

    private final NitroEvidence evidence;
    private final Document document;
    private final Question question;

    private Verifier(NitroEvidence evidence, Question question) {
        this.evidence = evidence;
        this.document = evidence.document();
        this.question = question;
    }

    /**
     * Judges a document; never throws for what it or the collateral holds.
     *
     * @param reportData what its {@code user_data} must be; empty if the caller checks that
     */
    public static Appraisal verify(
            NitroEvidence evidence,
            Collateral collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        Form form = evidence.document().form();
        Optional<NitroPolicy.Accepted> accepted = accepted(policy, form);
        if (accepted.isEmpty()) {
            return new Refusal(
                    Check.PLATFORM,
                    "a policy without the member " + form.platform(),
                    "the oldest document that the reader accepts, and its registers",
                    "docs/evidence-nitro.md, policy");
        }
        Question question = new Question(collateral, policy, accepted.get(), now, new Expiry());
        try {
            return new Verifier(evidence, question).judge(reportData);
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    /** Reads a document and judges it. */
    public static Appraisal verify(
            byte[] evidence,
            Collateral collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        return switch (NitroEvidence.parse(evidence)) {
            case Parsed.Bad<NitroEvidence> bad ->
                    Refusal.of(Check.REPORT, bad, "NSM attestation process, 3.1 and 3.2.2");
            case Parsed.Good<NitroEvidence> good ->
                    verify(good.value(), collateral, policy, reportData, now);
        };
    }

    private static Optional<NitroPolicy.Accepted> accepted(AppraisalPolicy policy, Form form) {
        return switch (form) {
            case ENCLAVE ->
                    policy.part(NitroPolicy.Enclaves.class).map(NitroPolicy.Enclaves::accepted);
            case TPM ->
                    policy.part(NitroPolicy.Instances.class).map(NitroPolicy.Instances::accepted);
        };
    }

    private Appraisal judge(Optional<Octets> reportData) throws RefusedException {
        new Chain(evidence, question).judge();
        signature();
        age();
        reportData(reportData);
        debug();
        registers();
        unjudged();
        return trusted();
    }

    private void signature() throws RefusedException {
        RefusedException.unless(
                evidence.message().isSignedBy(evidence.path().leaf().getPublicKey()),
                Check.SIGNATURE,
                "another signature over the document",
                "ES384 by the key of its certificate",
                "RFC 9052 §4.4");
    }

    /**
     * Nothing else says how old it is: its certificate holds for hours, and a nonce is not ours.
     */
    private void age() throws RefusedException {
        Instant made = document.timestamp();
        Instant end = made.plus(question.accepted().maxAge());
        RefusedException.unless(
                !made.minus(AHEAD_MAX).isAfter(question.now()),
                Check.NOT_YET_VALID,
                "a document of " + made,
                "one made at most %s after %s"
                        .formatted(PolicyDuration.spell(AHEAD_MAX), question.now()),
                "docs/evidence-nitro.md, age");
        RefusedException.unless(
                question.now().isBefore(end),
                Check.EXPIRED,
                "a document of " + made,
                "one younger than %s at %s"
                        .formatted(
                                PolicyDuration.spell(question.accepted().maxAge()), question.now()),
                "the reader's policy");
        question.expiry().at(end);
    }

    private void reportData(Optional<Octets> expected) throws RefusedException {
        RefusedException.unless(
                expected.isEmpty() || expected.equals(document.userData()),
                Check.REPORT_DATA,
                document.userData().map(Octets::toString).orElse("no user_data"),
                expected.map(Octets::toString).orElse(""),
                "docs/evidence.md, report_data");
    }

    private void debug() throws RefusedException {
        RefusedException.unless(
                !document.isDebug() || question.policy().debug() == AppraisalPolicy.Debug.ACCEPTED,
                Check.DEBUG,
                "a register of zero among PCR0, PCR1 and PCR2",
                "an enclave that was not started in debug mode",
                "AWS Nitro Enclaves User Guide, cryptographic attestation");
    }

    private void registers() throws RefusedException {
        for (Map.Entry<Integer, Set<Octets>> one : question.accepted().pcrs().entrySet()) {
            Octets value = document.pcrs().get(one.getKey());
            RefusedException.unless(
                    value != null && one.getValue().contains(value),
                    Check.MEASUREMENT,
                    "PCR%d: %s".formatted(one.getKey(), value == null ? "absent" : value),
                    "one that the policy accepts: " + one.getValue(),
                    "the reader's policy");
        }
    }

    /** Amazon judges no levels of its own firmware: the reader accepts that, and until when. */
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

    private Appraisal trusted() {
        String platform = document.form().platform();
        byte[] moduleId = document.moduleId().getBytes(StandardCharsets.US_ASCII);
        PlatformReport report =
                new PlatformReport(
                        platform,
                        document.registers(),
                        Instance.of(platform, moduleId),
                        Optional.empty(),
                        restsOn());
        return new Appraisal.Trusted(
                report.underDebug(document.isDebug()),
                document.fields(),
                identity(),
                TcbState.UNJUDGED,
                new TreeSet<>(),
                new TreeSet<>(Set.of(evidence.path().rootHash())),
                question.expiry().first());
    }

    private String restsOn() {
        return switch (document.form()) {
            case ENCLAVE -> "Amazon: its root, its Nitro hypervisor, and the machine below it";
            case TPM ->
                    "Amazon: its root, its Nitro hypervisor with the TPM in it, and the machine"
                            + " below it; and whoever the measured system lets in";
        };
    }

    private SortedMap<String, String> identity() {
        SortedMap<String, String> identity = new TreeMap<>();
        identity.put("moduleId", document.moduleId());
        Matcher module = MODULE_ID.matcher(document.moduleId());
        if (module.matches()) {
            identity.put("instanceId", module.group(1));
            identity.put(document.form() == Form.ENCLAVE ? "enclaveId" : "tpmId", module.group(2));
        }
        return identity;
    }
}
