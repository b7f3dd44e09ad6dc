package io.attestgate.proxy.cli;

import io.attestgate.govern.GovernException;
import io.attestgate.govern.GovernedBy;
import io.attestgate.govern.PolicyRoles;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Address;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says of a refusal for want of a role who has it, who asked, and what he can do instead. */
final class MissingRole {
    /** The errors of the policy that mean it. */
    private static final Set<String> ERRORS =
            Set.of("NotGovernor", "NotController", "NotGuardian", "GuardianTermEnded");

    private MissingRole() {}

    static CommandException explained(
            GovernException refusal, Chain chain, PolicyName name, Address caller) {
        String reason = String.valueOf(refusal.getMessage());
        if (refusal.error().filter(ERRORS::contains).isEmpty()) {
            return new CommandException(reason, refusal);
        }
        try {
            return new CommandException(List.of(reason, roles(chain, name, caller)), refusal);
        } catch (GovernException silent) {
            return new CommandException(reason, refusal);
        }
    }

    private static String roles(Chain chain, PolicyName name, Address caller)
            throws GovernException {
        PolicyRoles roles =
                PolicyRoles.read(
                        chain.access(),
                        chain.pinned().chainId(),
                        chain.pinned().contract(),
                        Optional.empty());
        Address controller = roles.controllerOf(chain.access(), name.value());
        return "role: none for %s (expected: %s; or controller of %s, who is %s)%s"
                .formatted(
                        caller,
                        governor(roles.by()),
                        PolicyFile.title(name),
                        controller.isZero() ? "nobody" : controller,
                        roles.by() instanceof GovernedBy.Account
                                ? ""
                                : "; see: attestgate policy propose --help");
    }

    /** Whoever governs, in words. */
    static String governor(GovernedBy by) {
        return switch (by) {
            case GovernedBy.Votes votes ->
                    "governor, who is timelock %s of the votes of %s"
                            .formatted(votes.timelock(), votes.governor());
            case GovernedBy.Timelocked safe ->
                    "governor, who is timelock %s of %s"
                            .formatted(safe.timelock(), safe.proposer());
            case GovernedBy.Account account -> "governor, who is " + account.account();
        };
    }
}
