package io.attestgate.policy.document;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what evidence there must be. Which roots a verifier knows by name is his to say; here a
 * name only has to look like one.
 */
final class EvidenceParser {
    private static final String SIMULATED = "simulated";
    private static final String DEVELOPMENT = "development";

    /** What evidence travels as: docs/evidence.md, members. */
    private static final List<String> KINDS =
            List.of(
                    "sgx",
                    "tdx",
                    "dstack",
                    "snp",
                    "azure-snp",
                    "azure-tdx",
                    "nitro",
                    "nitro-tpm",
                    "tpm",
                    "nvidia",
                    SIMULATED);

    private static final int ROOTS_MAX = 8;
    private static final Pattern ROOT = Pattern.compile("[a-z][a-z0-9-]{0,31}|0x[0-9a-f]{64}");

    private EvidenceParser() {}

    static Optional<EvidenceRule> read(Node node) {
        Fields fields = node.fields();
        Optional<List<EvidenceRule.Kind>> require =
                fields.required(
                        "require",
                        "a list of kinds with their roots",
                        list -> list.list(1, KINDS.size(), EvidenceParser::kind));
        int kinds = require.map(List::size).orElse(KINDS.size());
        Optional<Integer> atLeast =
                fields.required("atLeast", "how many of them", count -> count.integer(1, kinds));
        fields.end();
        return require.flatMap(all -> atLeast.flatMap(k -> rule(node, all, k)));
    }

    private static Optional<EvidenceRule> rule(Node node, List<EvidenceRule.Kind> kinds, int k) {
        boolean once =
                kinds.stream().map(EvidenceRule.Kind::name).distinct().count() == kinds.size();
        return once
                ? Optional.of(new EvidenceRule(kinds, k))
                : node.fault("each kind once, with all its roots");
    }

    private static Optional<EvidenceRule.Kind> kind(Node node) {
        Fields fields = node.fields();
        Optional<String> name =
                fields.required(
                        "kind",
                        "a kind of evidence",
                        kind -> kind.text("one of " + String.join(", ", KINDS), KINDS::contains));
        Optional<Set<String>> roots =
                fields.required(
                        "roots",
                        "a list of roots",
                        list -> list.set(ROOTS_MAX, root -> root(root, name)));
        fields.end();
        return name.flatMap(
                n -> roots.map(r -> new EvidenceRule.Kind(n, r.stream().sorted().toList())));
    }

    /** The development root is the simulated platform's and nobody else's. */
    private static Optional<String> root(Node node, Optional<String> kind) {
        boolean simulated = kind.filter(SIMULATED::equals).isPresent();
        return simulated
                ? node.text(DEVELOPMENT + ", the simulated platform's root", DEVELOPMENT::equals)
                : node.text(
                        "a root's name such as intel-sgx, or 0x and 64 digits",
                        root -> ROOT.matcher(root).matches() && isOf(root, kind));
    }

    private static boolean isOf(String root, Optional<String> kind) {
        return kind.isEmpty() || !root.equals(DEVELOPMENT);
    }
}
