package io.attestgate.client.chain;

import io.attestgate.wire.Parsed;

/**
 * The reader's own way to the contract.
 *
 * <p>An implementation reads one finalised block and nothing newer, refuses a contract whose code
 * is not the release's, and answers within a bounded time; whatever keeps it from that is a fault
 * that names it. It blocks, and may be used by one thread at a time.
 */
public interface OwnView {

    /** Whom one trusts by trusting this view, in words for the verdict. */
    String restsOn();

    /** Reads what is needed to judge what an enclave claims. */
    Parsed<ContractReading> read(ContractQuestion question);
}
