package io.attestgate.client.verdict;

import static io.attestgate.client.verdict.LegName.CONTRACT;
import static io.attestgate.client.verdict.LegName.DOCUMENTS;
import static io.attestgate.client.verdict.LegName.POLICY;

import io.attestgate.client.chain.BlockFacts;
import io.attestgate.client.chain.ContractReading;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what an enclave claims to obey against the reader's own view of the chain.
 *
 * <p>The enclave reads the chain on its own and a moment earlier, so its epoch may be behind ours
 * by what was decided since. It is then judged by the head that the contract itself keeps for that
 * epoch, and by how old the claimed block is: an enclave that is kept at an old policy by whoever
 * feeds it blocks is told by that age.
 */
public final class PolicyJudge {
    private final Address contract;
    private final Duration behindMax;
    private final String restsOn;

    /**
     * @param contract the one that the reader holds the endpoint to
     * @param behindMax how old the claimed block may be, by the time of our newest, once the policy
     *     has changed since
     * @param restsOn whom the view rests on
     */
    public PolicyJudge(Address contract, Duration behindMax, String restsOn) {
        this.contract = contract;
        this.behindMax = behindMax;
        this.restsOn = restsOn;
    }

    /** The legs contract, policy and documents. */
    public List<Leg> judge(PolicyReference claimed, DocumentHashes documents, ContractReading own) {
        return List.of(contract(claimed, own), policy(claimed, own), documents(documents, own));
    }

    private Leg contract(PolicyReference claimed, ContractReading own) {
        String found = claimed.contract() + " on chain " + claimed.chainId();
        if (!claimed.contract().equals(contract) || claimed.chainId() != own.chainId()) {
            String expected = contract + " on chain " + own.chainId();
            return Leg.fail(CONTRACT, found + " (expected: " + expected + ")", restsOn);
        }
        return Leg.pass(CONTRACT, found + ", with this release's code", restsOn);
    }

    private Leg policy(PolicyReference claimed, ContractReading own) {
        return contradiction(claimed, own)
                .map(why -> Leg.fail(POLICY, why, restsOn))
                .orElseGet(() -> age(claimed, own));
    }

    /** Why the claimed state never was, as far as this view can tell. */
    private static Optional<String> contradiction(PolicyReference claimed, ContractReading own) {
        long newest = own.newest().number();
        Optional<BlockFacts> block = own.claimedBlock();
        if (block.isEmpty()) {
            return Optional.of(
                    "block %d (expected: at most %d, the newest that is final here; ask again)"
                            .formatted(claimed.block(), newest));
        }
        if (!block.get().hash().equals(claimed.blockHash())) {
            return Optional.of(
                    "hash of block %d: %s (expected: %s)"
                            .formatted(claimed.block(), claimed.blockHash(), block.get().hash()));
        }
        Hash32 head = claimed.epoch() == own.epoch() ? own.head() : own.headAtClaimedEpoch();
        if (claimed.epoch() > own.epoch() || !head.equals(claimed.head())) {
            return Optional.of(
                    "head after epoch %d: %s (expected: %s; this view is at epoch %d)"
                            .formatted(claimed.epoch(), claimed.head(), head, own.epoch()));
        }
        return Optional.empty();
    }

    private Leg age(PolicyReference claimed, ContractReading own) {
        BlockFacts block = own.claimedBlock().orElseThrow();
        String state = "epoch %d at block %d".formatted(claimed.epoch(), claimed.block());
        if (claimed.epoch() == own.epoch()) {
            return Leg.pass(
                    POLICY, state + ", unchanged at block " + own.newest().number(), restsOn);
        }
        Duration behind = Duration.between(block.time(), own.newest().time());
        String found = "%s, %d s behind epoch %d".formatted(state, behind.toSeconds(), own.epoch());
        return behind.compareTo(behindMax) <= 0
                ? Leg.pass(POLICY, found, restsOn)
                : Leg.fail(
                        POLICY,
                        found + " (expected: at most " + behindMax.toSeconds() + " s)",
                        restsOn);
    }

    private Leg documents(DocumentHashes claimed, ContractReading own) {
        Optional<Map.Entry<PolicyName, Hash32>> host = own.hostDocument();
        if (host.isEmpty()) {
            return Leg.fail(DOCUMENTS, "host: no document of the contract serves it", restsOn);
        }
        return differs("host", claimed.host(), host.get().getValue())
                .or(() -> differs("gateway", claimed.gateway(), own.gatewayDocument()))
                .map(why -> Leg.fail(DOCUMENTS, why, restsOn))
                .orElseGet(
                        () ->
                                Leg.pass(
                                        DOCUMENTS,
                                        "host: \"%s\" %s, gateway: %s"
                                                .formatted(
                                                        host.get().getKey(),
                                                        claimed.host(),
                                                        claimed.gateway()),
                                        restsOn));
    }

    private static Optional<String> differs(String name, Hash32 found, Hash32 expected) {
        return found.equals(expected)
                ? Optional.empty()
                : Optional.of("%s: %s (expected: %s)".formatted(name, found, expected));
    }
}
