package io.attestgate.proxy.cli;

import io.attestgate.verify.RootOfTrust;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.kind.Outlook;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The verdict on evidence, as a person or a program reads it. */
record PrintedAppraisal(
        EvidenceFile.Report evidence, Asked asked, Appraisal appraisal, Optional<Outlook> outlook) {

    /**
     * What the verdict is an answer to.
     *
     * @param reportDataChecked else the verdict says that it was not
     * @param eventLogReplayed whether there was a log to replay
     */
    record Asked(Instant at, boolean reportDataChecked, boolean eventLogReplayed) {}

    void print(Output output, boolean json) {
        switch (appraisal) {
            case Appraisal.Trusted trusted when json -> output.json(asJson(trusted));
            case Refusal refusal when json -> output.json(asJson(refusal));
            case Appraisal.Trusted trusted -> print(output, trusted);
            case Refusal refusal -> print(output, refusal);
        }
    }

    private void print(Output output, Appraisal.Trusted trusted) {
        output.line(
                "TRUSTED: %s, %s".formatted(evidence.kind().title(), trusted.report().platform()));
        output.value("rests on", trusted.report().restsOn());
        if (trusted.roots().isEmpty()) {
            output.value("root", "none: the reader pinned the key that signed");
        }
        roots(trusted)
                .forEach(
                        root ->
                                output.value(
                                        "root",
                                        root.name() + "; if it falls, " + root.ifItFalls()));
        output.value("tcb", trusted.tcb().spelling());
        output.value(
                "advisories",
                trusted.advisories().isEmpty() ? "none" : String.join(" ", trusted.advisories()));
        output.value("expiry", trusted.expiry().toString());
        outlook.ifPresent(ahead -> new PrintedOutlook(ahead).print(output));
        output.value("report data", asked.reportDataChecked() ? "as asked for" : "NOT CHECKED");
        if (asked.eventLogReplayed()) {
            output.value("event log", "replays to the registers");
        }
        trusted.report().instance().ifPresent(one -> output.value("instance", one.toString()));
        output.value("registers", Hex.write(trusted.report().registers()));
        output.values("identity", trusted.identity());
        output.values("claims", trusted.claims());
    }

    private void print(Output output, Refusal refusal) {
        output.line("REFUSED: %s, %s".formatted(evidence.kind().title(), refusal.check()));
        output.value("found", refusal.found());
        output.value("expected", refusal.expected());
        output.value("clause", refusal.clause());
    }

    private Json asJson(Appraisal.Trusted trusted) {
        return Json.object(
                "verdict", "trusted",
                "version", Version.current(),
                "at", asked.at().toString(),
                "sha256", sha256(),
                "kind", evidence.kind().name(),
                "platform", trusted.report().platform(),
                "restsOn", trusted.report().restsOn(),
                "roots", new Json.Arr(roots(trusted).map(PrintedAppraisal::asJson).toList()),
                "tcb", trusted.tcb().spelling(),
                "advisories", Json.Arr.of(List.copyOf(trusted.advisories())),
                "expiry", trusted.expiry().toString(),
                "outlook",
                        outlook.<Json>map(ahead -> new PrintedOutlook(ahead).asJson())
                                .orElseGet(Json.Null::new),
                "reportDataChecked", asked.reportDataChecked(),
                "eventLogReplayed", asked.eventLogReplayed(),
                "identity", object(trusted.identity()),
                "instance",
                        trusted.report()
                                .instance()
                                .map(Hash32::toString)
                                .<Json>map(Json.Text::new)
                                .orElseGet(Json.Null::new),
                "registers", Hex.write(trusted.report().registers()),
                "claims", object(trusted.claims()));
    }

    private static Stream<RootOfTrust> roots(Appraisal.Trusted trusted) {
        return trusted.roots().stream().map(RootOfTrust::of);
    }

    private static Json asJson(RootOfTrust root) {
        return Json.object(
                "sha256", root.sha256().toString(),
                "name", root.name(),
                "vendor", root.vendor(),
                "ifItFalls", root.ifItFalls());
    }

    private Json asJson(Refusal refusal) {
        return Json.object(
                "verdict", "refused",
                "version", Version.current(),
                "at", asked.at().toString(),
                "sha256", sha256(),
                "kind", evidence.kind().name(),
                "check", refusal.check().name(),
                "found", refusal.found(),
                "expected", refusal.expected(),
                "clause", refusal.clause());
    }

    /** Of the evidence, so that a verdict says what it is on. */
    private String sha256() {
        return Hex.write(Digests.sha256(evidence.evidence().bytes()));
    }

    private static Json object(SortedMap<String, String> texts) {
        Map<String, Json> members = new LinkedHashMap<>();
        texts.forEach((name, text) -> members.put(name, new Json.Text(text)));
        return new Json.Obj(members);
    }
}
