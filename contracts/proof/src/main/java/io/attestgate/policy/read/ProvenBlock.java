package io.attestgate.policy.read;

import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;

/**
 * A block under which any contract can be read with proof: for what the policy names beside itself.
 *
 * @param header of the block
 * @param endpoints any of which may give the proofs; not closed by this
 */
public record ProvenBlock(ExecutionHeader header, ProofEndpoints endpoints) {

    /** The contract at that address, which is believed only with the code of that hash. */
    public ProvenContract contract(Address address, Hash32 codeHash) {
        return ProvenContract.at(endpoints, header, address, codeHash);
    }
}
