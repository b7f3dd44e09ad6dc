package io.attestgate.proxy.cli;

import io.attestgate.verify.kind.Outlook;
import io.attestgate.wire.Json;
import java.util.OptionalInt;

/** What early documents say, as a person or a program reads it. */
record PrintedOutlook(Outlook outlook) {
    private static final String NAME = "outlook";

    void print(Output output) {
        switch (outlook) {
            case Outlook.Stays stays -> output.value(NAME, "passes by early documents too");
            case Outlook.Unclear unclear -> output.value(NAME, "UNCLEAR: " + unclear.reason());
            case Outlook.Demotion demotion -> output.value(NAME, "WARNING: " + text(demotion));
        }
    }

    private static String text(Outlook.Demotion demotion) {
        return "refused by evaluation %s (now %s)%s: %s"
                .formatted(
                        text(demotion.early()),
                        text(demotion.standard()),
                        demotion.expected().map(at -> ", expected from " + at).orElse(""),
                        demotion.refusal());
    }

    private static String text(OptionalInt evaluation) {
        return evaluation.isPresent() ? Integer.toString(evaluation.getAsInt()) : "unknown";
    }

    Json.Obj asJson() {
        return switch (outlook) {
            case Outlook.Stays stays -> Json.object("is", "stays");
            case Outlook.Unclear unclear ->
                    Json.object("is", "unclear", "reason", unclear.reason());
            case Outlook.Demotion demotion ->
                    Json.object(
                            "is",
                            "demotion",
                            "check",
                            demotion.refusal().check().name(),
                            "found",
                            demotion.refusal().found(),
                            "expected",
                            demotion.refusal().expected(),
                            "standard",
                            json(demotion.standard()),
                            "early",
                            json(demotion.early()),
                            "from",
                            demotion.expected()
                                    .<Json>map(at -> new Json.Text(at.toString()))
                                    .orElseGet(Json.Null::new));
        };
    }

    private static Json json(OptionalInt evaluation) {
        return evaluation.isPresent() ? new Json.Int(evaluation.getAsInt()) : new Json.Null();
    }
}
