package io.attestgate.proxy.cli;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.DecodedCall;
import io.attestgate.govern.GovernedBy;
import io.attestgate.govern.PolicyRoles;
import io.attestgate.govern.ProposedCall;
import io.attestgate.policy.diff.NameChange;
import io.attestgate.policy.diff.PolicyDiff;
import io.attestgate.policy.diff.PolicySet;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a proposal does here: its calls in words, and what they make of the documents that are live.
 *
 * @param calls a line each
 * @param understood whether each of them is a call that this release knows
 * @param changes of documents
 */
record ProposalEffect(List<String> calls, boolean understood, List<NameChange> changes) {
    private static final int SHOWN_BYTES_MAX = 36;

    /** Plays the calls on the live documents; what is no call of a document changes none. */
    static ProposalEffect of(PolicySet live, PolicyRoles roles, List<ProposedCall> calls) {
        Map<Address, String> contracts = contracts(roles);
        List<String> lines = new ArrayList<>();
        boolean understood = true;
        PolicySet after = live;
        for (ProposedCall call : calls) {
            Optional<DecodedCall> decoded = decoded(contracts, call);
            understood = understood && decoded.isPresent();
            lines.add(
                    decoded.map(d -> contracts.get(call.target()) + "." + d)
                            .orElseGet(() -> unknown(call)));
            if (decoded.isPresent() && call.target().equals(roles.policy())) {
                after = played(after, decoded.get());
            }
        }
        return new ProposalEffect(lines, understood, PolicyDiff.between(live, after));
    }

    private static Map<Address, String> contracts(PolicyRoles roles) {
        Map<Address, String> contracts = new LinkedHashMap<>();
        contracts.put(roles.policy(), "GatewayPolicy");
        contracts.put(roles.registry(), "MeasurementRegistry");
        switch (roles.by()) {
            case GovernedBy.Votes votes -> {
                contracts.put(votes.timelock(), "PolicyTimelock");
                contracts.put(votes.governor(), "PolicyGovernor");
            }
            case GovernedBy.Timelocked safe -> contracts.put(safe.timelock(), "PolicyTimelock");
            case GovernedBy.Account _ -> {}
        }
        contracts.remove(Address.ZERO);
        return contracts;
    }

    private static Optional<DecodedCall> decoded(
            Map<Address, String> contracts, ProposedCall call) {
        byte[] data = Hex.parse(call.data()).orElseThrow();
        return Optional.ofNullable(contracts.get(call.target()))
                .flatMap(name -> DecodedCall.of(ContractArtifact.load(name), data));
    }

    private static String unknown(ProposedCall call) {
        int shown = Math.min(call.data().length(), 2 + 2 * SHOWN_BYTES_MAX);
        return "%s: %s%s, %d bytes: UNKNOWN to this release, read it before you vote"
                .formatted(
                        call.target(),
                        call.data().substring(0, shown),
                        shown < call.data().length() ? "…" : "",
                        call.data().length() / 2 - 1);
    }

    private static PolicySet played(PolicySet policies, DecodedCall call) {
        Optional<PolicyName> name = call.text("name").flatMap(PolicyName::parse);
        if (name.isEmpty()) {
            return policies;
        }
        return switch (call.function()) {
            case "publish" ->
                    call.bytes("document")
                            .map(bytes -> policies.with(name.get(), StoredDocument.of(bytes)))
                            .orElse(policies);
            case "withdraw" -> policies.without(name.get());
            default -> policies;
        };
    }
}
