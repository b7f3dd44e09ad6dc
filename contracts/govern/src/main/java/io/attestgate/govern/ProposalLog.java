package io.attestgate.govern;

import io.attestgate.govern.AbiReader.Malformed;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The event of an OpenZeppelin Governor that tells of a proposal. */
final class ProposalLog {
    /** Its first topic; it has no other. */
    static final Hash32 TOPIC =
            Hash32.of(
                    Digests.keccak256(
                            ("ProposalCreated(uint256,address,address[],uint256[],string[],bytes[],"
                                            + "uint256,uint256,string)")
                                    .getBytes(StandardCharsets.US_ASCII)));

    private static final int ID = 0;
    private static final int PROPOSER = 1;
    private static final int TARGETS = 2;
    private static final int VALUES = 3;
    private static final int CALLDATAS = 5;
    private static final int DESCRIPTION = 8;

    private ProposalLog() {}

    /**
     * Reads the event's data.
     *
     * @return empty if it is none, if the id is not the hash of the contents, or if the proposal
     *     sends ether or is larger than this release's are
     */
    static Optional<FoundProposal> read(byte[] data, long block) {
        try {
            AbiReader event = AbiReader.of(data);
            Hash32 id = event.word(ID);
            Address proposer = event.address(PROPOSER);
            return proposal(event)
                    .filter(proposal -> proposal.id().equals(id))
                    .map(proposal -> new FoundProposal(id, proposal, proposer, block));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private static Optional<Proposal> proposal(AbiReader event) throws Malformed {
        List<Address> targets = event.array(TARGETS, AbiReader::address);
        List<BigInteger> values = event.array(VALUES, AbiReader::uint);
        List<byte[]> calldatas = event.array(CALLDATAS, AbiReader::bytes);
        int bytes = calldatas.stream().mapToInt(data -> data.length).sum();
        if (targets.isEmpty()
                || targets.size() > Proposal.CALLS_MAX
                || targets.size() != calldatas.size()
                || bytes > Proposal.DATA_BYTES_MAX
                || values.stream().anyMatch(value -> value.signum() != 0)) {
            return Optional.empty();
        }
        List<ProposedCall> calls = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            calls.add(new ProposedCall(targets.get(i), Hex.write(calldatas.get(i))));
        }
        String description = new String(event.bytes(DESCRIPTION), StandardCharsets.UTF_8);
        return Optional.of(new Proposal(calls, description));
    }
}
