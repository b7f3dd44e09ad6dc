package io.attestgate.proxy.cli;

import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.Governance;
import io.attestgate.govern.GovernedBy;
import io.attestgate.govern.PolicyRoles;
import io.attestgate.wire.Address;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A policy that somebody governs: by which contract, and who that is. */
final class GovernedOptions {
    @ArgGroup(multiplicity = "1", heading = "Contract:%n")
    private ChainOptions options = new ChainOptions();

    @Option(
            names = "--governor",
            paramLabel = "ADDRESS",
            description = {
                "The OpenZeppelin Governor whose votes decide.",
                "Default: the one that may propose on the policy's timelock."
            })
    private @Nullable Address governor;

    Chain chain() throws CommandException {
        return options.chain();
    }

    PolicyRoles roles(Chain chain) throws CommandException {
        try {
            return PolicyRoles.read(
                    chain.access(),
                    chain.pinned().chainId(),
                    chain.pinned().contract(),
                    Optional.ofNullable(governor));
        } catch (GovernException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The Governor, where it is votes that decide. */
    static Address governor(PolicyRoles roles) throws CommandException {
        if (roles.by() instanceof GovernedBy.Votes votes) {
            return votes.governor();
        }
        throw new CommandException(
                ("governor: %s (expected: an OpenZeppelin Governor through its timelock; for a"
                                + " Safe: --safe)")
                        .formatted(roles.by().account()));
    }

    static Governance governance(Chain chain, PolicyRoles roles, DevnetKey key)
            throws CommandException {
        return new Governance(chain.access(), chain.pinned().chainId(), governor(roles), key);
    }
}
