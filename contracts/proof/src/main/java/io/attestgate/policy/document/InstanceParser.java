package io.attestgate.policy.document;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.Optional;

/** Reads which machines may serve: {@code "any"}, or a list of digests as evidence carries them. */
final class InstanceParser {
    private static final int INSTANCES_MAX = 256;

    private InstanceParser() {}

    static Optional<InstanceRule> read(Node node) {
        if (node.json() instanceof Json.Text) {
            return node.text("\"any\" or a list of digests", "any"::equals)
                    .map(any -> new InstanceRule.Any());
        }
        return node.set(INSTANCES_MAX, InstanceParser::instance).map(InstanceRule.Listed::new);
    }

    private static Optional<Hash32> instance(Node node) {
        return node.parsed(
                "32 bytes in base64url without padding",
                text ->
                        Base64Url.parse(text)
                                .filter(bytes -> bytes.length == Hash32.SIZE_BYTES)
                                .map(Hash32::of));
    }
}
