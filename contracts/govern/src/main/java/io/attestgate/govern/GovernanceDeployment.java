package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts a policy with whoever governs it onto a chain, and reads back who holds what.
 *
 * <p>The policy and its registries have their governor from their first block on, so the deployer
 * is never theirs; nor has the timelock any admin but itself. His key guards nothing afterwards.
 */
public final class GovernanceDeployment {
    private GovernanceDeployment() {}

    /**
     * What to deploy.
     *
     * @param guardian of the policy and of the registries; empty for none
     * @param pace how short the delays may be
     */
    public record Plan(Authority authority, Optional<Address> guardian, Pace pace) {}

    /**
     * What is there now.
     *
     * @param by whoever governs
     * @param roles as they were read back, and found to be as planned
     */
    public record Governed(GovernedBy by, Deployed contracts, RoleTable roles) {}

    /**
     * Deploys everything and reads it back.
     *
     * @throws GovernException if terms are not those of the pace, a transaction fails, or somebody
     *     holds a role that the plan did not give him; what was deployed before stays unused
     */
    public static Governed deploy(EndpointAccess rpc, DevnetKey key, Plan plan)
            throws GovernException {
        try (Sender sender = Sender.open(rpc, key)) {
            GovernedBy by = new AuthorityDeployment(sender, plan.pace()).deploy(plan.authority());
            Deployed contracts =
                    Deployment.deploy(sender, new Roles(by.account(), plan.guardian()));
            RoleTable roles = read(sender, by, contracts);
            requireAsPlanned(roles, PlannedRoles.of(by, contracts, plan));
            return new Governed(by, contracts, roles);
        }
    }

    private static RoleTable read(Sender sender, GovernedBy by, Deployed contracts)
            throws GovernException {
        RoleReader reader = new RoleReader(sender);
        reader.policy(contracts.gatewayPolicy());
        reader.roles("MeasurementRegistry", contracts.measurementRegistry());
        reader.enclaves(contracts.enclaveRegistry());
        reader.results(contracts.signedResults());
        switch (by) {
            case GovernedBy.Votes votes -> {
                requireTimelock(sender, votes.timelock());
                reader.timelock(votes.timelock());
                reader.governor(votes.governor());
            }
            case GovernedBy.Timelocked safe -> {
                requireTimelock(sender, safe.timelock());
                reader.timelock(safe.timelock());
            }
            case GovernedBy.Account account -> {}
        }
        return reader.table();
    }

    private static void requireTimelock(Sender sender, Address timelock) throws GovernException {
        sender.requireCode(ContractArtifact.load("PolicyTimelock"), timelock);
    }

    /** Every planned row is there with its value. */
    static void requireAsPlanned(RoleTable found, RoleTable planned) throws GovernException {
        List<Fault> faults = new ArrayList<>();
        for (RoleTable.Row row : planned.rows()) {
            if (!found.rows().contains(row)) {
                String name = "%s of %s".formatted(row.what(), row.contract());
                faults.add(new Fault(name, valueOf(found, row), row.value()));
            }
        }
        if (!faults.isEmpty()) {
            throw new GovernException(
                    Cause.WRONG_ROLES,
                    faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        }
    }

    private static String valueOf(RoleTable found, RoleTable.Row planned) {
        return found.rows().stream()
                .filter(row -> row.at().equals(planned.at()) && row.what().equals(planned.what()))
                .map(RoleTable.Row::value)
                .findFirst()
                .orElse("absent");
    }
}
