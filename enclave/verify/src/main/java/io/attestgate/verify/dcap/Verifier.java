package io.attestgate.verify.dcap;

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
import io.attestgate.verify.x509.P256;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges a DCAP quote in the order of Intel's quote verification library (QVL 4.1.2.4), and stops
 * at the first check that fails (docs/evidence-dcap.md).
 */
public final class Verifier {
    /** SHA-256 of the certificate of Intel SGX Root CA (2018 to 2049), which Intel publishes. */
    public static final Hash32 INTEL_ROOT =
            Hash32.parse("0x44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3")
                    .orElseThrow();

    /** Roots that a policy may call by name. */
    public static final Map<String, Hash32> NAMED_ROOTS = Map.of("intel-sgx", INTEL_ROOT);

    private static final String RESTS_ON =
            "Intel: its root, its quoting enclave, and the processor that it names";

    private final Question question;

    private Verifier(Question question) {
        this.question = question;
    }

    /**
     * Judges a quote; never throws for what it or the collateral holds.
     *
     * @param reportData 64 bytes that the quote must carry; empty if the caller checks them himself
     */
    public static Appraisal verify(
            Quote quote,
            Collateral collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        try {
            Question question = new Question(collateral, policy, now, new Expiry());
            return new Verifier(question).judge(quote, reportData);
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    /** Reads a quote and judges it. */
    public static Appraisal verify(
            byte[] quote,
            Collateral collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        return switch (Quote.parse(quote)) {
            case Parsed.Bad<Quote> bad ->
                    Refusal.of(Check.REPORT, bad, "TDX DCAP Quoting Library API, A.3");
            case Parsed.Good<Quote> good ->
                    verify(good.value(), collateral, policy, reportData, now);
        };
    }

    private Appraisal judge(Quote quote, Optional<Octets> reportData) throws RefusedException {
        Pck pck = Pck.of(quote.signature());
        Signers.judge(pck.path(), question);
        TcbInfo info = tcbInfo(quote, pck);
        EnclaveIdentity identity = identity(quote, pck.path().root());
        if (quote.body() instanceof TdReport report) {
            TcbEvaluation.module(info, report);
        }
        QuotingEnclave.judge(quote.signature(), pck.path().leaf().getPublicKey());
        IsvLevel enclave = QuotingEnclave.level(quote.signature().qeReport(), identity);
        signature(quote);
        reportData(quote.body(), reportData);
        debug(quote.body());
        migration(quote.body());
        TcbEvaluation.Result tcb =
                new TcbEvaluation(info, pck.platform(), enclave).evaluate(quote.body());
        accepted(tcb);
        return trusted(quote.body(), pck, tcb);
    }

    /** QVL 4.1.2.2, and 4.1.2.4.10: that of this model and no other. */
    private TcbInfo tcbInfo(Quote quote, Pck pck) throws RefusedException {
        PckExtension platform = pck.platform();
        Optional<SignedDocument<TcbInfo>> document =
                question.collateral().tcbInfo(quote.tee(), platform.fmspc(), question.now());
        if (document.isEmpty()) {
            throw noTcbInfo(quote.tee(), platform);
        }
        Signers.judge("TCB info", document.get(), pck.path().root(), question);
        TcbInfo info = document.get().content();
        RefusedException.unless(
                info.pceId().equals(platform.pceId()),
                Check.COLLATERAL_MATCH,
                "TCB info for PCE " + info.pceId(),
                "for PCE " + platform.pceId(),
                "QVL 4.1.2.4.10");
        return info;
    }

    private RefusedException noTcbInfo(Tee tee, PckExtension platform) {
        String models =
                String.join(", ", question.collateral().models(tee).map(Octets::toString).toList());
        return new RefusedException(
                models.isEmpty() ? Check.COLLATERAL : Check.COLLATERAL_MATCH,
                models.isEmpty() ? "no TCB info for " + tee : "TCB info for FMSPC " + models,
                "TCB info for FMSPC " + platform.fmspc(),
                "QVL 4.1.2.4.10");
    }

    private EnclaveIdentity identity(Quote quote, X509Certificate root) throws RefusedException {
        SignedDocument<EnclaveIdentity> document =
                question.collateral()
                        .identity(quote.tee(), question.now())
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Check.COLLATERAL,
                                                "no identity of the quoting enclave",
                                                "one of " + quote.tee().identityId(),
                                                "QVL 4.1.2.3"));
        Signers.judge("QE identity", document, root, question);
        return document.content();
    }

    private static void signature(Quote quote) throws RefusedException {
        Optional<PublicKey> key = P256.key(quote.signature().attestationKey().bytes());
        RefusedException.unless(
                key.isPresent()
                        && P256.isSigned(
                                key.get(),
                                quote.signature().signature().bytes(),
                                quote.signed().bytes()),
                Check.SIGNATURE,
                "another signature over header and body",
                "the attestation key's",
                "QVL 4.1.2.4.16");
    }

    private static void reportData(QuoteBody body, Optional<Octets> expected)
            throws RefusedException {
        RefusedException.unless(
                expected.isEmpty() || expected.get().equals(body.reportData()),
                Check.REPORT_DATA,
                body.reportData().toString(),
                expected.map(Octets::toString).orElse(""),
                "docs/evidence.md, report_data");
    }

    private void debug(QuoteBody body) throws RefusedException {
        RefusedException.unless(
                !body.isDebug() || question.policy().debug() == AppraisalPolicy.Debug.ACCEPTED,
                Check.DEBUG,
                "debug is on in the attributes",
                "off: the host can look into what runs",
                body.tee() == Tee.SGX ? "SGX ECDSA Quote Library API, A.4" : "TDX, A.3.4");
    }

    /** No policy accepts it: what takes over is measured nowhere in this quote. */
    private static void migration(QuoteBody body) throws RefusedException {
        RefusedException.unless(
                !body.isMigratable(),
                Check.MIGRATION,
                "a domain that a service TD may move",
                "one that stays where it was measured: MIGRATABLE off",
                "TDX, A.3.4");
    }

    /** A revoked platform passes under no policy. */
    private void accepted(TcbEvaluation.Result tcb) throws RefusedException {
        RefusedException.unless(
                tcb.state() != TcbState.REVOKED,
                Check.REVOKED,
                "a TCB level that Intel revoked " + tcb.advisories(),
                "another",
                "QVL 4.1.2.4.17");
        AppraisalPolicy policy = question.policy();
        question.expiry()
                .at(policy.until(tcb.state(), question.now()).orElseThrow(() -> notAccepted(tcb)));
        for (String advisory : tcb.advisories()) {
            question.expiry()
                    .at(
                            policy.until(advisory, question.now())
                                    .orElseThrow(() -> advised(advisory)));
        }
    }

    private RefusedException notAccepted(TcbEvaluation.Result tcb) {
        return new RefusedException(
                Check.TCB_STATE,
                tcb.state() + " " + tcb.advisories() + question.policy().lapse(tcb.state()),
                "a state that the policy accepts at " + question.now(),
                "QVL 4.1.2.4.17; the reader's policy");
    }

    private RefusedException advised(String advisory) {
        return new RefusedException(
                Check.ADVISORY,
                advisory + question.policy().lapse(advisory),
                "an advisory that the policy accepts at " + question.now(),
                "the reader's policy");
    }

    private Appraisal trusted(QuoteBody body, Pck pck, TcbEvaluation.Result tcb) {
        String name = body.tee().platform();
        PlatformReport report =
                new PlatformReport(
                        name,
                        body.registers(),
                        Instance.of(name, pck.platform().ppid().bytes()),
                        Optional.empty(),
                        RESTS_ON);
        return new Appraisal.Trusted(
                report.underDebug(body.isDebug()),
                body.fields(),
                pck.platform().identity(),
                tcb.state(),
                tcb.advisories(),
                new TreeSet<>(Set.of(pck.path().rootHash())),
                question.expiry().first());
    }
}
