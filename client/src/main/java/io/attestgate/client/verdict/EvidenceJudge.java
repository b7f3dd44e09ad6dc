package io.attestgate.client.verdict;

import static io.attestgate.client.verdict.LegName.EVIDENCE;

import io.attestgate.verify.Verdict;

/** Says what a verifier's verdict on evidence comes to. */
public final class EvidenceJudge {
    private EvidenceJudge() {}

    /** The leg evidence. */
    public static Leg judge(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused refused ->
                    Leg.fail(EVIDENCE, refused.toString(), "the code of this client");
            case Verdict.Trusted trusted ->
                    Leg.pass(
                            EVIDENCE,
                            "platform: " + trusted.report().platform(),
                            trusted.report().restsOn());
        };
    }
}
