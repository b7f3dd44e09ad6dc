package io.attestgate.policy.document;

import java.util.List;
import java.util.Optional;

/** Reads what evidence there must be, of the kinds whose verification this release has. */
final class EvidenceParser {
    private static final String SIMULATED = "simulated";
    private static final String DEVELOPMENT = "development";

    private EvidenceParser() {}

    static Optional<EvidenceRule> read(Node node) {
        Fields fields = node.fields();
        Optional<List<EvidenceRule.Kind>> require =
                fields.required(
                        "require",
                        "a list of kinds with their roots",
                        list -> list.list(1, 1, EvidenceParser::kind));
        Optional<Integer> atLeast =
                fields.required("atLeast", "how many of them", count -> count.integer(1, 1));
        fields.end();
        return require.flatMap(kinds -> atLeast.map(k -> new EvidenceRule(kinds, k)));
    }

    private static Optional<EvidenceRule.Kind> kind(Node node) {
        Fields fields = node.fields();
        Optional<String> name =
                fields.required(
                        "kind",
                        "a kind of evidence",
                        kind ->
                                kind.text(
                                        "one that this release enforces: " + SIMULATED,
                                        SIMULATED::equals));
        Optional<List<String>> roots =
                fields.required(
                        "roots",
                        "a list of roots",
                        list ->
                                list.list(
                                        1,
                                        1,
                                        root ->
                                                root.text(
                                                        DEVELOPMENT
                                                                + ", the simulated platform's"
                                                                + " root",
                                                        DEVELOPMENT::equals)));
        fields.end();
        return name.flatMap(n -> roots.map(r -> new EvidenceRule.Kind(n, r)));
    }
}
