package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.util.Map;

/** Puts a measurement registry, a heartbeat, and a gateway policy that names both onto a chain. */
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
            Address heartbeat,
            Map<Address, Hash32> codeHashes,
            long chainId,
            long block) {}

    /**
     * Deploys the contracts with these roles and reads their code back. There is no enclave
     * registry; the governor names one later.
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
        ContractArtifact heartbeat = ContractArtifact.load("Heartbeat");
        Address heartbeatAt = create(sender, heartbeat, new AbiEncoder()).created().orElseThrow();
        ContractArtifact policy = ContractArtifact.load("GatewayPolicy");
        AbiEncoder arguments =
                roles(roles).address(registryAt).address(Address.ZERO).address(heartbeatAt);
        Receipt last = create(sender, policy, arguments);
        Address policyAt = last.created().orElseThrow();
        Map<Address, Hash32> codeHashes =
                Map.of(
                        policyAt, sender.requireCode(policy, policyAt),
                        registryAt, sender.requireCode(registry, registryAt),
                        heartbeatAt, sender.requireCode(heartbeat, heartbeatAt));
        return new Deployed(
                policyAt, registryAt, heartbeatAt, codeHashes, sender.chainId(), last.block());
    }

    private static AbiEncoder roles(Roles roles) {
        return new AbiEncoder().address(roles.governor()).address(roles.guardianOrZero());
    }

    private static Receipt create(Sender sender, ContractArtifact contract, AbiEncoder arguments)
            throws GovernException {
        return sender.create(contract, Call.of(contract.bytecode(), arguments, CREATE_GAS));
    }
}
