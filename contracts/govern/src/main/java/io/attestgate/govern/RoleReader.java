package io.attestgate.govern;

import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the rows of a {@link RoleTable}, contract by contract. One thread. */
final class RoleReader {
    static final String NOBODY = "nobody";
    static final String NONE = "none";
    static final String EVERYBODY = "everybody";

    /** More holders of one role than any timelock of ours has; the rest are counted. */
    private static final int MEMBERS_SHOWN_MAX = 8;

    private final Sender sender;
    private final List<RoleTable.Row> rows = new ArrayList<>();

    RoleReader(Sender sender) {
        this.sender = sender;
    }

    RoleTable table() {
        return new RoleTable(rows);
    }

    void policy(Address at) throws GovernException {
        roles("GatewayPolicy", at);
        ContractView policy = sender.view(at);
        contract(at, "measurement registry", policy.address("measurementRegistry()"));
        contract(at, "enclave registry", policy.address("enclaveRegistry()"));
        contract(at, "heartbeat", policy.address("heartbeat()"));
        contract(at, "successor", policy.address("successor()"));
    }

    void enclaves(Address at) throws GovernException {
        roles("EnclaveRegistry", at);
        Address registry = sender.view(at).address("measurementRegistry()");
        row("EnclaveRegistry", at, "measurement registry", registry);
    }

    /** Nobody governs it: it believes the policy that it was made with, and what that names. */
    void results(Address at) throws GovernException {
        row("SignedResults", at, "policy", sender.view(at).address("policy()"));
    }

    /** The governor and the guardian, whom the policy and each registry have. */
    void roles(String contract, Address at) throws GovernException {
        ContractView view = sender.view(at);
        row(contract, at, "governor", view.address("governor()"));
        row(contract, at, "pending governor", view.address("pendingGovernor()"));
        row(contract, at, "guardian", view.address("guardian()"));
        long end = view.seconds("guardianTermEnd()");
        row(contract, at, "guardian's term ends", instant(end));
    }

    void timelock(Address at) throws GovernException {
        for (TimelockRole role : TimelockRole.values()) {
            row("PolicyTimelock", at, role.label(), members(at, role));
        }
        ContractView timelock = sender.view(at);
        row("PolicyTimelock", at, "first proposer", timelock.address("firstProposer()"));
        BigInteger scheduled = timelock.number("operationsScheduled()");
        row("PolicyTimelock", at, "operations scheduled", scheduled.toString());
        row("PolicyTimelock", at, "delay", seconds(timelock.seconds("getMinDelay()")));
    }

    void governor(Address at) throws GovernException {
        ContractView governor = sender.view(at);
        Address token = governor.address("token()");
        String unit = unit(token);
        row("PolicyGovernor", at, "token", token);
        row("PolicyGovernor", at, "timelock", governor.address("timelock()"));
        term(at, "voting delay", "votingDelay()", unit);
        term(at, "voting period", "votingPeriod()", unit);
        term(at, "late quorum extension", "lateQuorumVoteExtension()", unit);
        row(
                "PolicyGovernor",
                at,
                "proposal threshold",
                governor.number("proposalThreshold()").toString());
        row("PolicyGovernor", at, "quorum", governor.number("quorumNumerator()") + "%");
    }

    static String seconds(long seconds) {
        return "%d seconds".formatted(seconds);
    }

    static String holder(Address address) {
        return address.isZero() ? NOBODY : address.toString();
    }

    private void term(Address at, String what, String signature, String unit)
            throws GovernException {
        row("PolicyGovernor", at, what, sender.view(at).seconds(signature) + unit);
    }

    private String unit(Address token) throws GovernException {
        Optional<String> mode = sender.view(token).text("CLOCK_MODE()");
        return mode.equals(Optional.of("mode=timestamp")) ? " seconds" : " blocks";
    }

    private String members(Address at, TimelockRole role) throws GovernException {
        ContractView timelock = sender.view(at);
        AbiEncoder counted = new AbiEncoder().bytes32(role.id());
        BigInteger count = timelock.number("getRoleMemberCount(bytes32)", counted);
        int shown = count.min(BigInteger.valueOf(MEMBERS_SHOWN_MAX)).intValue();
        List<String> members = new ArrayList<>();
        for (int i = 0; i < shown; i++) {
            AbiEncoder numbered = new AbiEncoder().bytes32(role.id()).uint(i);
            Address member = timelock.address("getRoleMember(bytes32,uint256)", numbered);
            members.add(member.isZero() ? EVERYBODY : member.toString());
        }
        String more = count.intValue() > shown ? ", %s in all".formatted(count) : "";
        return members.isEmpty() ? NOBODY : String.join(", ", members) + more;
    }

    private static String instant(long seconds) {
        return seconds == 0 ? "never began" : Instant.ofEpochSecond(seconds).toString();
    }

    private void contract(Address policy, String what, Address named) {
        row("GatewayPolicy", policy, what, named.isZero() ? NONE : named.toString());
    }

    private void row(String contract, Address at, String what, Address holder) {
        row(contract, at, what, holder(holder));
    }

    private void row(String contract, Address at, String what, String value) {
        rows.add(new RoleTable.Row(contract, at, what, value));
    }
}
