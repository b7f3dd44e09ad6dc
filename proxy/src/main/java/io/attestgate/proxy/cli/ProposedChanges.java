package io.attestgate.proxy.cli;

import io.attestgate.govern.PolicyChanges;
import io.attestgate.govern.PolicyRoles;
import io.attestgate.govern.Proposal;
import io.attestgate.govern.ProposedCall;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.proxy.bootstrap.SpeltAddress;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a proposal is to change, in the order in which it is then executed. */
final class ProposedChanges {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Documents to publish, in any layout, each for its own domain.")
    private List<Path> files = List.of();

    @Option(names = "--withdraw", paramLabel = "NAME", description = "Takes a document away.")
    private List<PolicyName> withdraw = List.of();

    @Option(
            names = "--clear-tombstone",
            paramLabel = "NAME",
            description = "Lets wildcards serve a withdrawn name again.")
    private List<PolicyName> clear = List.of();

    @Option(
            names = "--delegate",
            paramLabel = "NAME=ADDRESS,MAX",
            description = {
                "Makes ADDRESS the controller of NAME and all below it, for at most MAX names."
            })
    private List<Delegation> delegate = List.of();

    @Option(
            names = "--end-delegation",
            paramLabel = "NAME",
            description = "Ends the delegation of a name.")
    private List<PolicyName> endDelegation = List.of();

    @Option(names = "--lift", paramLabel = "NAME", description = "Ends the halt of a name.")
    private List<PolicyName> lift = List.of();

    @Option(names = "--lift-freeze", description = "Ends the freeze.")
    private boolean liftFreeze;

    @Option(
            names = "--set-guardian",
            paramLabel = "ADDRESS",
            description = "Replaces the policy's guardian, for 180 days; the zero address: nobody.")
    private @Nullable Address guardian;

    @Option(names = "--renew-guardian", description = "Lets the guardian serve 180 days more.")
    private boolean renewGuardian;

    @Option(
            names = "--allow",
            paramLabel = "HASH=PLATFORM,UNTIL",
            description = {
                "Trusts a measurement on that platform until then, such as",
                "2027-06-30T00:00:00Z; at most two years."
            })
    private List<Allowance> allow = List.of();

    @Option(
            names = "--revoke",
            paramLabel = "HASH",
            description = "Trusts a measurement never again.")
    private List<Hash32> revoke = List.of();

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            description = "Why, for voters. Default: what it does.")
    private @Nullable String description;

    /** A controller, and how many names he may have. */
    record Delegation(PolicyName name, Address controller, int namesMax) {
        static final String RULE = "NAME=ADDRESS,MAX with MAX from 1";

        static Optional<Delegation> parse(String text) {
            String[] parts = text.split("[=,]", -1);
            if (parts.length != 3 || !parts[2].matches("[1-9][0-9]{0,8}")) {
                return Optional.empty();
            }
            return PolicyName.parse(parts[0])
                    .flatMap(
                            name ->
                                    SpeltAddress.parse(parts[1])
                                            .map(
                                                    to ->
                                                            new Delegation(
                                                                    name,
                                                                    to,
                                                                    Integer.parseInt(parts[2]))));
        }
    }

    /** A measurement that is to be trusted. */
    record Allowance(Hash32 measurement, String platform, Instant until) {
        static final String RULE = "HASH=PLATFORM,UNTIL with UNTIL such as 2027-06-30T00:00:00Z";

        static Optional<Allowance> parse(String text) {
            String[] parts = text.split("[=,]", -1);
            if (parts.length != 3 || !parts[1].matches("[a-z]{1,16}")) {
                return Optional.empty();
            }
            try {
                Instant until = Instant.parse(parts[2]);
                return Hash32.parse(parts[0]).map(hash -> new Allowance(hash, parts[1], until));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }

    /** The calls that do it, documents checked first. */
    List<ProposedCall> calls(PolicyRoles roles) throws CommandException {
        PolicyChanges changes = new PolicyChanges(roles.policy(), roles.registry());
        List<ProposedCall> calls = new ArrayList<>();
        liftInto(calls, changes);
        for (PolicyFile document : documents()) {
            calls.add(changes.publish(document.name().value(), document.canonicalBytes()));
        }
        withdraw.forEach(name -> calls.add(changes.withdraw(name.value())));
        clear.forEach(name -> calls.add(changes.clearTombstone(name.value())));
        endDelegation.forEach(name -> calls.add(changes.endDelegation(name.value())));
        delegate.forEach(
                d -> calls.add(changes.delegate(d.name().value(), d.controller(), d.namesMax())));
        if (guardian != null) {
            calls.add(changes.setGuardian(roles.policy(), guardian));
        }
        if (renewGuardian) {
            calls.add(changes.renewGuardian(roles.policy()));
        }
        allow.forEach(a -> calls.add(changes.allow(a.measurement(), a.platform(), a.until())));
        revoke.forEach(hash -> calls.add(changes.revoke(hash)));
        if (calls.isEmpty()) {
            throw new CommandException("changes: none (expected: at least one, see --help)");
        }
        requireRoom(calls);
        return calls;
    }

    /** One transaction must be able to execute it, and one person to judge it. */
    private static void requireRoom(List<ProposedCall> calls) throws CommandException {
        int bytes = calls.stream().mapToInt(call -> call.data().length() / 2 - 1).sum();
        if (calls.size() > Proposal.CALLS_MAX || bytes > Proposal.DATA_BYTES_MAX) {
            throw new CommandException(
                    "changes: %d of %d bytes (expected: at most %d of %d bytes in one proposal)"
                            .formatted(
                                    calls.size(),
                                    bytes,
                                    Proposal.CALLS_MAX,
                                    Proposal.DATA_BYTES_MAX));
        }
    }

    /** A freeze would have what follows it refused. */
    private void liftInto(List<ProposedCall> calls, PolicyChanges changes) {
        if (liftFreeze) {
            calls.add(changes.liftFreeze());
        }
        lift.forEach(name -> calls.add(changes.lift(name.value())));
    }

    private List<PolicyFile> documents() throws CommandException {
        List<PolicyFile> documents = new ArrayList<>();
        for (Path file : files) {
            PolicyFile document = PolicyFile.open(file, Optional.empty());
            List<Fault> faults = document.faults();
            if (!faults.isEmpty()) {
                throw new CommandException(faults);
            }
            documents.add(document);
        }
        return documents;
    }

    Optional<String> description() {
        return Optional.ofNullable(description);
    }
}
