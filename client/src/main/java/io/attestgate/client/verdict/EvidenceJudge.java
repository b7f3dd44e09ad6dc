package io.attestgate.client.verdict;

import static io.attestgate.client.verdict.LegName.EVIDENCE;

import io.attestgate.verify.Verdict;
import java.util.stream.Collectors;

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
                            "platform: %s%s%s"
                                    .formatted(
                                            trusted.report().platform(),
                                            state(trusted),
                                            fallen(trusted)),
                            trusted.report().restsOn());
        };
    }

    /** What each vendor's collateral says of it, and how long that holds. */
    private static String state(Verdict.Trusted trusted) {
        String states =
                trusted.held().stream()
                        .flatMap(leg -> leg.appraisal().stream())
                        .map(one -> "%s %s".formatted(one.tcb().spelling(), one.advisories()))
                        .collect(Collectors.joining("; "));
        return states.isEmpty() ? "" : ", %s, until %s".formatted(states, trusted.expiry());
    }

    /** What the reader's requirement did without. */
    private static String fallen(Verdict.Trusted trusted) {
        return trusted.fallen().stream()
                .map(leg -> "; without %s: %s".formatted(leg.member(), leg.refusal()))
                .collect(Collectors.joining());
    }
}
