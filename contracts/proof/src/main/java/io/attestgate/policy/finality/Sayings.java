package io.attestgate.policy.finality;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each key said to be final, so that it can be held to its word. Of each key the newest blocks
 * are remembered, and of keys those that spoke last. One thread.
 */
final class Sayings {
    /**
     * How far back a key may lag behind its own word, in block time: two epochs of Ethereum and a
     * little. Behind a balancer one node knows the newest finalised epoch before the other does.
     */
    static final Duration LAG_MAX = Duration.ofMinutes(15);

    private static final int NUMBERS_MAX = 1024;
    private static final int KEYS_MAX = 64;

    private final Map<Hash32, Said> byKey = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Takes note that {@code key} says its newest final block to be {@code header}.
     *
     * @throws PolicyReadException naming how it went back on its word
     */
    void newest(Hash32 key, ExecutionHeader header) throws PolicyReadException {
        Said said = said(key);
        block(key, header);
        if (header.number() < said.newestNumber) {
            boolean lags = !header.time().isBefore(said.newestTime.minus(LAG_MAX));
            throw HeaderCalls.refused(
                    lags ? Failure.LAGGING : Failure.OLDER_BLOCK,
                    "finalised block",
                    "%d of %s".formatted(header.number(), header.time()),
                    "%d of %s, as it said before".formatted(said.newestNumber, said.newestTime));
        }
        said.newestNumber = header.number();
        said.newestTime = header.time();
    }

    /**
     * Takes note that {@code key} says {@code header} to be a final block.
     *
     * @throws PolicyReadException if it said another of that number to be final
     */
    void block(Hash32 key, ExecutionHeader header) throws PolicyReadException {
        Said said = said(key);
        Hash32 before = said.hashes.putIfAbsent(header.number(), header.hash());
        if (before != null && !before.equals(header.hash())) {
            throw HeaderCalls.refused(
                    Failure.EQUIVOCATION,
                    "hash of finalised block " + header.number(),
                    header.hash().toString(),
                    before + ", as it said before");
        }
        if (said.hashes.size() > NUMBERS_MAX) {
            said.hashes.pollFirstEntry();
        }
    }

    private Said said(Hash32 key) {
        Said said = byKey.computeIfAbsent(key, k -> new Said());
        if (byKey.size() > KEYS_MAX) {
            byKey.remove(byKey.keySet().iterator().next());
        }
        return said;
    }

    /** Of one key. */
    private static final class Said {
        private final TreeMap<Long, Hash32> hashes = new TreeMap<>();
        private long newestNumber = -1;
        private Instant newestTime = Instant.EPOCH;
    }
}
