package io.attestgate.policy.finality;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The voices on the block of one number.
 *
 * @param number of the block
 * @param byHash who named which; each voice once
 */
record Tally(long number, Map<Hash32, List<Voice>> byHash) {

    static Tally of(long number, List<Voice> voices) {
        Map<Hash32, List<Voice>> byHash = new LinkedHashMap<>();
        for (Voice voice : voices) {
            byHash.computeIfAbsent(voice.header().hash(), h -> new ArrayList<>()).add(voice);
        }
        return new Tally(number, byHash);
    }

    /**
     * The block that at least {@code quorum} voices name; empty if none has so many.
     *
     * @throws PolicyReadException if two have, which a quorum of half or less allows
     */
    Optional<ExecutionHeader> agreed(int quorum) throws PolicyReadException {
        List<List<Voice>> enough =
                byHash.values().stream().filter(voices -> voices.size() >= quorum).toList();
        if (enough.size() > 1) {
            throw disagreement(quorum);
        }
        return enough.stream().map(voices -> voices.getFirst().header()).findFirst();
    }

    boolean isUnanimous() {
        return byHash.size() <= 1;
    }

    PolicyReadException disagreement(int quorum) {
        return HeaderCalls.refused(
                Failure.DISAGREEMENT,
                "block " + number,
                whoSaidWhat(),
                "one hash by " + quorum + " endpoints");
    }

    /** Whether somebody named another hash than this one. */
    boolean contradicts(Hash32 hash) {
        return byHash.keySet().stream().anyMatch(named -> !named.equals(hash));
    }

    /** Such as {@code 0x12… by rpc.example, 0x34… by other.example}. */
    String whoSaidWhat() {
        return byHash.entrySet().stream()
                .map(entry -> shortened(entry.getKey()) + " by " + names(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    static String names(List<Voice> voices) {
        return voices.stream().map(v -> v.endpoint().name()).collect(Collectors.joining(" and "));
    }

    private static String shortened(Hash32 hash) {
        return hash.toString().substring(0, 12) + "…";
    }
}
