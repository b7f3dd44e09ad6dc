package io.attestgate.verify.evidence;

/** What the judge of one platform's reports answers. */
public sealed interface Judgement permits Judgement.Genuine, Refusal {

    /** The platform made this report, and for this report data. */
    record Genuine(PlatformReport report) implements Judgement {}
}
