package io.attestgate.policy.read;

import io.attestgate.policy.document.PolicyName;
import java.util.Map;

/**
 * What a block that is justified and not yet final changes, as far as it may matter before
 * finality: reductions of trust. Nothing else of it was read.
 *
 * @param block under which it is proven, and other contracts can be
 * @param halts the newest halt of each name that changed since the newest final block and has one
 * @param dependencies the other contracts that the policy names there
 */
public record EarlyPolicy(
        ProvenBlock block, Map<PolicyName, Halt> halts, Dependencies dependencies) {
    public EarlyPolicy {
        halts = Map.copyOf(halts);
    }
}
