package io.attestgate.proxy.bootstrap;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads {@code appraisal}: the policy by which a gateway judges its own hardware, in the JSON that
 * {@code evidence verify --policy} takes. Hardware with a vendor needs one; the simulated platform
 * has nothing to judge, and a TPM's own keys are known to who talks to them.
 */
final class AppraisalReader {
    private static final String KEY = "appraisal";
    private static final String RULE = "a policy of evidence as JSON text";

    private final Faults faults;

    AppraisalReader(Faults faults) {
        this.faults = faults;
    }

    /**
     * Empty on a platform that needs none, and after a fault.
     *
     * @param platform empty after a fault of its own, which says enough
     */
    Optional<AppraisalPolicy> read(Section root, Optional<String> platform) {
        boolean isThere = root.has(KEY);
        if (platform.isEmpty() || !Bootstrap.isAppraised(platform.get())) {
            if (isThere && platform.isPresent()) {
                faults.add(
                        root.at(KEY), KEY, "there", "absent: no vendor vouches for this platform");
            }
            root.drop(KEY);
            return Optional.empty();
        }
        return root.required(KEY, RULE, value -> Optional.of(value.text()))
                .flatMap(text -> policy(root.at(KEY), text));
    }

    private Optional<AppraisalPolicy> policy(Position at, String text) {
        return switch (EvidenceKinds.policy(text.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Good<AppraisalPolicy> good -> Optional.of(good.value());
            case Parsed.Bad<AppraisalPolicy> bad -> {
                for (Fault fault : bad.faults()) {
                    faults.add(at, KEY + " " + fault.path(), fault.found(), fault.expected());
                }
                yield Optional.empty();
            }
        };
    }
}
