package io.attestgate.proxy.cli;

import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.PolicyPublisher;
import io.attestgate.policy.document.PolicyName;
import picocli.CommandLine.ArgGroup;

/** Who sends a change of the policy to a development chain, and where to. */
final class Governor {
    @ArgGroup(multiplicity = "1", heading = "Contract:%n")
    private ChainOptions options = new ChainOptions();

    @ArgGroup(multiplicity = "1", heading = "Key of the governor, or of the name's controller:%n")
    private KeyOptions key = new KeyOptions();

    /** A change, as the publisher makes it. */
    interface Change<T> {
        T by(PolicyPublisher publisher) throws GovernException;
    }

    /**
     * Sends one change of a name and waits until a block has it.
     *
     * @throws CommandException where it is refused; for want of a role with who has it
     */
    <T> T send(PolicyName name, Change<T> change) throws CommandException {
        Chain chain = options.chain();
        DevnetKey opened = key.open();
        try {
            return change.by(
                    new PolicyPublisher(
                            chain.access(),
                            chain.pinned().chainId(),
                            chain.pinned().contract(),
                            opened));
        } catch (GovernException e) {
            throw MissingRole.explained(e, chain, name, opened.address());
        }
    }
}
