package io.attestgate.policy.read;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.JsonReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whatever words a contract holds, a reading is whole or refused by name. */
class ReadingFuzzTest {
    private static final PolicyLayout LAYOUT = new PolicyLayout(HonestChain.ARTIFACT);

    @FuzzTest(maxDuration = "60s")
    void names(FuzzedDataProvider data) {
        Storage storage = slots -> words(data, slots.size());
        Reading reading =
                new Reading(LAYOUT, storage, ReadingFuzzTest::documents, ReadingListener.silent());
        try {
            Progress progress = Progress.read(LAYOUT, storage, 1);
            Registry registry = reading.all(List.of(), progress.names());
            reading.changed(registry, progress.names() + 1, Set.of());
        } catch (PolicyReadException e) {
            if (e.failure() != Failure.CONTRADICTORY_STATE
                    && e.failure() != Failure.TOO_MANY_NAMES) {
                throw new AssertionError(e);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void logs(byte[] bytes) {
        JsonReader.parse(bytes, 1 << 16)
                .toOptional()
                .ifPresent(
                        json -> {
                            try {
                                ChangeRecord.parse(json, HonestChain.CONTRACT);
                            } catch (PolicyReadException e) {
                                if (e.failure() != Failure.MALFORMED_ANSWER
                                        && e.failure() != Failure.CONTRADICTORY_STATE) {
                                    throw new AssertionError(e);
                                }
                            }
                        });
    }

    private static List<Hash32> words(FuzzedDataProvider data, int count) {
        List<Hash32> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = Arrays.copyOf(data.consumeBytes(Hash32.SIZE_BYTES), Hash32.SIZE_BYTES);
            words.add(Hash32.of(bytes));
        }
        return words;
    }

    private static Map<Hash32, StoredDocument> documents(Map<Hash32, Address> places) {
        Map<Hash32, StoredDocument> found = new HashMap<>();
        places.keySet().forEach(hash -> found.put(hash, StoredDocument.of(hash.bytes())));
        return found;
    }
}
