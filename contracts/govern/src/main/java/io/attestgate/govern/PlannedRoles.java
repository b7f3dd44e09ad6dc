package io.attestgate.govern;

import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.govern.GovernanceDeployment.Plan;
import io.attestgate.govern.RoleTable.Row;
import io.attestgate.wire.Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rows that a deployment must read back: every role there is, and each one's only holder. */
final class PlannedRoles {
    private final List<Row> rows = new ArrayList<>();

    private PlannedRoles() {}

    static RoleTable of(GovernedBy by, Deployed contracts, Plan plan) {
        PlannedRoles planned = new PlannedRoles();
        planned.roles("GatewayPolicy", contracts.gatewayPolicy(), by, plan);
        planned.roles("MeasurementRegistry", contracts.measurementRegistry(), by, plan);
        planned.roles("EnclaveRegistry", contracts.enclaveRegistry(), by, plan);
        planned.wiring(contracts);
        planned.authority(by, plan.authority());
        return new RoleTable(planned.rows);
    }

    private void roles(String contract, Address at, GovernedBy by, Plan plan) {
        row(contract, at, "governor", by.account().toString());
        row(contract, at, "pending governor", RoleReader.NOBODY);
        row(contract, at, "guardian", RoleReader.holder(plan.guardian().orElse(Address.ZERO)));
    }

    private void wiring(Deployed contracts) {
        Address at = contracts.gatewayPolicy();
        String registry = contracts.measurementRegistry().toString();
        row("GatewayPolicy", at, "measurement registry", registry);
        String enclaves = contracts.enclaveRegistry().toString();
        row("GatewayPolicy", at, "enclave registry", enclaves);
        row("EnclaveRegistry", contracts.enclaveRegistry(), "measurement registry", registry);
        row("SignedResults", contracts.signedResults(), "policy", at.toString());
        row("GatewayPolicy", at, "heartbeat", contracts.heartbeat().toString());
        row("GatewayPolicy", at, "successor", RoleReader.NONE);
    }

    private void authority(GovernedBy by, Authority authority) {
        if (by instanceof GovernedBy.Votes made && authority instanceof Authority.Votes votes) {
            Address governor = made.governor();
            timelock(made.timelock(), governor, votes.delay());
            row("PolicyGovernor", governor, "timelock", made.timelock().toString());
            row("PolicyGovernor", governor, "token", votes.token().toString());
            row("PolicyGovernor", governor, "quorum", votes.terms().quorumPercent() + "%");
        }
        if (by instanceof GovernedBy.Timelocked made
                && authority instanceof Authority.Timelocked safe) {
            timelock(made.timelock(), safe.account(), safe.delay());
        }
    }

    /** Those of a timelock with its only proposer ever, who scheduled nothing yet. */
    static RoleTable ofTimelock(Address at, Address proposer, Duration delay) {
        PlannedRoles planned = new PlannedRoles();
        planned.timelock(at, proposer, delay);
        return new RoleTable(planned.rows);
    }

    private void timelock(Address at, Address proposer, Duration delay) {
        row("PolicyTimelock", at, TimelockRole.ADMIN.label(), at.toString());
        row("PolicyTimelock", at, TimelockRole.PROPOSER.label(), proposer.toString());
        row("PolicyTimelock", at, TimelockRole.EXECUTOR.label(), RoleReader.EVERYBODY);
        row("PolicyTimelock", at, TimelockRole.CANCELLER.label(), RoleReader.NOBODY);
        row("PolicyTimelock", at, "first proposer", proposer.toString());
        row("PolicyTimelock", at, "operations scheduled", "0");
        row("PolicyTimelock", at, "delay", RoleReader.seconds(delay.toSeconds()));
    }

    private void row(String contract, Address at, String what, String value) {
        rows.add(new Row(contract, at, what, value));
    }
}
