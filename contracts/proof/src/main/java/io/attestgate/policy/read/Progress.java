package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.List;
import java.util.Optional;

/**
 * What one call proves of the registry: how far it is, and what it names.
 *
 * @param epoch how many changes there were
 * @param head after them
 * @param headBefore the head after an earlier change, which was asked for; zero if that is yet to
 *     come
 * @param names how many are in the list
 * @param dependencies the other contracts
 */
record Progress(long epoch, Hash32 head, Hash32 headBefore, int names, Dependencies dependencies) {
    /**
     * More than any one gateway serves; a reader is not to be drowned. The contract has the same
     * limit and keeps room below it for its governor (DelegatedNames).
     */
    static final int NAMES_MAX = 10_000;

    /** Reads it, with the head after change {@code before}. */
    static Progress read(PolicyLayout layout, Storage storage, long before)
            throws PolicyReadException {
        List<Word> words =
                storage
                        .words(
                                List.of(
                                        Slots.of(layout.epoch),
                                        Slots.of(layout.head),
                                        layout.headAt(before),
                                        Slots.of(layout.names),
                                        Slots.of(layout.measurementRegistry),
                                        Slots.of(layout.enclaveRegistry),
                                        Slots.of(layout.heartbeat),
                                        Slots.of(layout.successor)))
                        .stream()
                        .map(Word::new)
                        .toList();
        return new Progress(
                words.get(0).uint64(layout.epoch),
                words.get(1).value(),
                words.get(2).value(),
                count(words.get(3)),
                dependencies(layout, words.subList(4, 8)));
    }

    private static Dependencies dependencies(PolicyLayout layout, List<Word> words) {
        Optional<Address> measurements = words.get(0).address(layout.measurementRegistry);
        Optional<Address> enclaves = words.get(1).address(layout.enclaveRegistry);
        Optional<Address> heartbeat = words.get(2).address(layout.heartbeat);
        return new Dependencies(
                measurements, enclaves, heartbeat, words.get(3).address(layout.successor));
    }

    private static int count(Word length) throws PolicyReadException {
        long count = length.count(Long.MAX_VALUE, "number of names");
        if (count > NAMES_MAX) {
            throw new PolicyReadException(
                    Failure.TOO_MANY_NAMES,
                    "names: %d (expected: at most %d)".formatted(count, NAMES_MAX));
        }
        return Math.toIntExact(count);
    }
}
