package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.util.Optional;

/**
 * Who decides about one policy, as the endpoint says: for people who are about to ask them.
 *
 * @param policy the contract
 * @param by whoever governs it
 * @param guardian who may halt and freeze; zero for nobody
 * @param registry of measurements; zero for none
 * @param delay of the timelock; zero where none is known
 */
public record PolicyRoles(
        Address policy, GovernedBy by, Address guardian, Address registry, Duration delay) {
    private static final ContractArtifact POLICY = ContractArtifact.load("GatewayPolicy");

    /**
     * Asks the contract, which must be this release's, and whoever governs it what they are.
     *
     * @param named the Governor, where the timelock does not list it as its only proposer; empty to
     *     find it
     */
    public static PolicyRoles read(
            EndpointAccess access, long chainId, Address policy, Optional<Address> named)
            throws GovernException {
        try (Endpoint rpc = new Endpoint(access)) {
            requireChain(rpc, chainId);
            requireCode(rpc, policy);
            ContractView view = new ContractView(rpc, policy);
            Address account = view.address("governor()");
            GovernedBy by =
                    named.isPresent()
                            ? byGovernor(rpc, account, named.get())
                            : GovernedBy.read(access, policy);
            Duration delay =
                    by instanceof GovernedBy.Account
                            ? Duration.ZERO
                            : Duration.ofSeconds(
                                    new ContractView(rpc, account).seconds("getMinDelay()"));
            return new PolicyRoles(
                    policy,
                    by,
                    view.address("guardian()"),
                    view.address("measurementRegistry()"),
                    delay);
        }
    }

    /** Whom the governor made controller of that name, or of one above it; zero for nobody. */
    public Address controllerOf(EndpointAccess access, String name) throws GovernException {
        try (Endpoint rpc = new Endpoint(access)) {
            return new ContractView(rpc, policy)
                    .address("controllerOf(string)", new AbiEncoder().string(name));
        }
    }

    /** A governor that was named is held to the timelock that governs the policy. */
    private static GovernedBy byGovernor(Endpoint rpc, Address account, Address governor)
            throws GovernException {
        Address timelock = new ContractView(rpc, governor).address("timelock()");
        if (!timelock.equals(account)) {
            throw new GovernException(
                    Cause.WRONG_ROLES,
                    "timelock of governor %s: %s (expected: %s, which governs the policy)"
                            .formatted(governor, timelock, account));
        }
        return new GovernedBy.Votes(governor, account);
    }

    private static void requireChain(Endpoint rpc, long chainId) throws GovernException {
        long told = rpc.quantity("eth_chainId").longValueExact();
        if (told != chainId) {
            throw new GovernException(
                    Cause.WRONG_CHAIN, "chain id: %d (expected: %d)".formatted(told, chainId));
        }
    }

    private static void requireCode(Endpoint rpc, Address policy) throws GovernException {
        byte[] code = rpc.bytes("eth_getCode", policy.toString(), "latest");
        Hash32 hash = Hash32.of(Digests.keccak256(code));
        if (!hash.equals(POLICY.codeHash())) {
            throw new GovernException(
                    Cause.WRONG_CODE,
                    "%s: %s (expected: code of hash %s, a GatewayPolicy of this release)"
                            .formatted(
                                    policy,
                                    code.length == 0 ? "no code" : "code of hash " + hash,
                                    POLICY.codeHash()));
        }
    }
}
