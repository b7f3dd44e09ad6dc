package io.attestgate.govern;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;

/**
 * A proposal that a log told of, whose id is the hash of what the log says it contains.
 *
 * @param id under which the governor knows it, if it knows it at all: ask {@link Governance#count}
 * @param proposer as the log says, which proves nothing
 * @param block of the log
 */
public record FoundProposal(Hash32 id, Proposal proposal, Address proposer, long block) {}
