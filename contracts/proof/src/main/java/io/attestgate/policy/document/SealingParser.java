package io.attestgate.policy.document;

import java.util.Optional;
import java.util.Set;

/** Reads whose secrets may be sealed under; a provider is trusted only where he is written. */
final class SealingParser {
    private static final int PROVIDERS_MAX = 8;

    private SealingParser() {}

    /** The providers that are allowed beside the platform itself. */
    static Set<KeyProvider> read(Fields fields) {
        Optional<Sealing> sealing = fields.optional("sealing", word -> word.word(Sealing.class));
        boolean isBad = sealing.isEmpty() && fields.node("sealing").isPresent();
        Optional<Set<KeyProvider>> providers =
                switch (sealing.orElse(Sealing.PLATFORM)) {
                    case KEY_PROVIDER ->
                            fields.required(
                                    "keyProviders",
                                    "key providers to trust, which have no default",
                                    SealingParser::providers);
                    case PLATFORM ->
                            fields.optional(
                                    "keyProviders",
                                    node ->
                                            isBad
                                                    ? providers(node)
                                                    : node.fault(
                                                            "none where sealing is not"
                                                                    + " key-provider"));
                };
        return providers.orElse(Set.of());
    }

    private static Optional<Set<KeyProvider>> providers(Node node) {
        return node.set(PROVIDERS_MAX, SealingParser::provider);
    }

    private static Optional<KeyProvider> provider(Node node) {
        Fields fields = node.fields();
        Optional<String> name =
                fields.required(
                        "name",
                        "the provider's kind, such as kms",
                        text -> text.text("1 to 32 of a-z, 0-9 and -", KeyProvider::isName));
        Optional<String> id =
                fields.required(
                        "id",
                        "which provider, as the measured log has it",
                        text ->
                                text.text(
                                        "1 to 512 bytes in lower-case hexadecimal",
                                        KeyProvider::isId));
        fields.end();
        return name.flatMap(n -> id.map(i -> new KeyProvider(n, i)));
    }
}
