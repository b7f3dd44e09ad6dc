package io.attestgate.verify.nitro;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.NitroDocument;
import io.attestgate.verify.testpki.NitroPki;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Amazon's root, played, and the questions that tests ask about documents below it. */
final class PlayedAmazon {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Instant END = Instant.parse("2099-01-01T00:00:00Z");
    static final Instant MADE = NOW.minusSeconds(10);
    static final NitroPki PKI = NitroPki.at(NOW);
    static final NitroPki.Key SIGNER = PKI.signer(NOW.minusSeconds(60));
    static final Duration MAX_AGE = Duration.ofMinutes(5);

    private PlayedAmazon() {}

    static NitroDocument enclave() {
        return NitroDocument.enclave(PKI, SIGNER, MADE);
    }

    static NitroDocument instance() {
        return NitroDocument.instance(PKI, SIGNER, MADE);
    }

    static NitroPolicy.Accepted accepted() {
        return new NitroPolicy.Accepted(MAX_AGE, Revocation.IF_PRESENT, Map.of());
    }

    static AppraisalPolicy policy() {
        return policy(new NitroPolicy.Enclaves(accepted())).with(instances());
    }

    static NitroPolicy instances() {
        return new NitroPolicy.Instances(accepted());
    }

    static AppraisalPolicy policy(NitroPolicy part) {
        return base(Debug.REFUSED).with(part);
    }

    static AppraisalPolicy base(Debug debug) {
        return new AppraisalPolicy(
                Set.of(PKI.rootHash()), Map.of(TcbState.UNJUDGED, END), Map.of(), debug);
    }

    static Appraisal judge(NitroDocument document) {
        return judge(document.make());
    }

    static Appraisal judge(byte[] evidence) {
        return judge(evidence, policy(), NOW);
    }

    static Appraisal judge(byte[] evidence, AppraisalPolicy policy, Instant now) {
        return Verifier.verify(evidence, Collateral.none(), policy, Optional.empty(), now);
    }

    static Check check(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> throw new AssertionError("trusted: " + trusted);
            case Refusal refusal -> refusal.check();
        };
    }

    static Appraisal.Trusted trusted(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> trusted;
            case Refusal refusal -> throw new AssertionError(refusal.toString());
        };
    }
}
