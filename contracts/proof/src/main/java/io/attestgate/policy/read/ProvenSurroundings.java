package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contracts around the policy, proven slot by slot: in final state under the header that the
 * newest reading was proven under, and short of finality under a newer one.
 *
 * <p>Which contracts they are, final state says, also where their slots are read earlier: an early
 * block names nothing. Reads the policy on behalf of whoever follows it. One thread at a time.
 */
public final class ProvenSurroundings implements PolicySource, FinalState, EarlySource {
    private final ProvenSource source;
    private final Map<Address, Hash32> codeHashes;
    private Dependencies named = Dependencies.NONE;

    /**
     * @param source read by this alone; closed by the caller
     * @param codeHashes what the code of every contract that is read must be
     */
    public ProvenSurroundings(ProvenSource source, Map<Address, Hash32> codeHashes) {
        this.source = source;
        this.codeHashes = Map.copyOf(codeHashes);
    }

    @Override
    public PolicyReading read() throws PolicyReadException {
        PolicyReading reading = source.read();
        named = reading.dependencies();
        return reading;
    }

    @Override
    public NamedState at(PolicyPoint point) {
        ProvenBlock block =
                source.newest()
                        .filter(newest -> newest.header().hash().equals(point.blockHash()))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "block: %s (expected: the one just read)"
                                                        .formatted(point.blockHash())));
        return new At(block);
    }

    @Override
    public Optional<EarlyReading> read(PolicyPoint point) throws PolicyReadException {
        return source.early()
                .map(
                        early ->
                                new EarlyReading(
                                        early.block().header().number(),
                                        early.block().header().time(),
                                        early.halts(),
                                        new At(early.block())));
    }

    /** The state under the header of one block. */
    private final class At implements NamedState {
        private final ProvenBlock block;

        At(ProvenBlock block) {
            this.block = block;
        }

        @Override
        public Optional<Address> addressOf(NamedContract contract) {
            return switch (contract) {
                case MEASUREMENT_REGISTRY -> named.measurementRegistry();
                case HEARTBEAT -> named.heartbeat();
            };
        }

        @Override
        public List<Hash32> words(NamedContract contract, List<Hash32> slots)
                throws PolicyReadException {
            Address at =
                    addressOf(contract).orElseThrow(() -> unknown(contract.artifact(), "nothing"));
            Hash32 codeHash = codeHashes.get(at);
            if (codeHash == null) {
                throw unknown(contract.artifact(), at.toString());
            }
            return block.contract(at, codeHash).words(slots);
        }

        private static PolicyReadException unknown(String contract, String found) {
            return new PolicyReadException(
                    Failure.WRONG_CODE,
                    new Fault(contract, found, "a contract that the bootstrap file pins")
                            .toString());
        }
    }
}
