package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.util.Map;

/**
 * Puts a gateway policy onto a chain with all that it names: the registries of measurements and of
 * enclaves, and a heartbeat; and the contract that checks what its enclaves signed.
 */
public final class Deployment {
    /** Code deposit and constructor of the larger contract need a little over half of it. */
    private static final long CREATE_GAS = 6_000_000;

    private Deployment() {}

    /**
     * What was deployed.
     *
     * @param codeHashes of the contracts, as a bootstrap file pins them
     * @param block the number of the block with the last transaction
     */
    public record Deployed(
            Address gatewayPolicy,
            Address measurementRegistry,
            Address enclaveRegistry,
            Address heartbeat,
            Address signedResults,
            Map<Address, Hash32> codeHashes,
            long chainId,
            long block) {}

    /**
     * Deploys the contracts with these roles and reads their code back. Nobody may register an
     * enclave before the governor names a verifier of its platform.
     *
     * @throws GovernException if a transaction fails; what was deployed before stays unused
     */
    public static Deployed deploy(URI rpc, DevnetKey key, Roles roles) throws GovernException {
        try (Sender sender = Sender.open(EndpointAccess.to(rpc), key)) {
            return deploy(sender, roles);
        }
    }

    static Deployed deploy(Sender sender, Roles roles) throws GovernException {
        ContractArtifact registry = ContractArtifact.load("MeasurementRegistry");
        Address registryAt = create(sender, registry, roles(roles)).created().orElseThrow();
        ContractArtifact enclaves = ContractArtifact.load("EnclaveRegistry");
        Address enclavesAt =
                create(sender, enclaves, roles(roles).address(registryAt)).created().orElseThrow();
        ContractArtifact heartbeat = ContractArtifact.load("Heartbeat");
        Address heartbeatAt = create(sender, heartbeat, new AbiEncoder()).created().orElseThrow();
        ContractArtifact policy = ContractArtifact.load("GatewayPolicy");
        AbiEncoder arguments =
                roles(roles).address(registryAt).address(enclavesAt).address(heartbeatAt);
        Address policyAt = create(sender, policy, arguments).created().orElseThrow();
        ContractArtifact results = ContractArtifact.load("SignedResults");
        Receipt last = create(sender, results, new AbiEncoder().address(policyAt));
        Address resultsAt = last.created().orElseThrow();
        Map<Address, Hash32> codeHashes =
                Map.of(
                        policyAt, sender.requireCode(policy, policyAt),
                        registryAt, sender.requireCode(registry, registryAt),
                        enclavesAt, sender.requireCode(enclaves, enclavesAt),
                        heartbeatAt, sender.requireCode(heartbeat, heartbeatAt),
                        resultsAt, sender.requireCode(results, resultsAt));
        return new Deployed(
                policyAt,
                registryAt,
                enclavesAt,
                heartbeatAt,
                resultsAt,
                codeHashes,
                sender.chainId(),
                last.block());
    }

    private static AbiEncoder roles(Roles roles) {
        return new AbiEncoder().address(roles.governor()).address(roles.guardianOrZero());
    }

    private static Receipt create(Sender sender, ContractArtifact contract, AbiEncoder arguments)
            throws GovernException {
        return sender.create(contract, Call.of(contract.bytecode(), arguments, CREATE_GAS));
    }
}
