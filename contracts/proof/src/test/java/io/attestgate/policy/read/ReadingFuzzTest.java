package io.attestgate.policy.read;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whatever words an endpoint invents, a reading is whole or refused by name. */
class ReadingFuzzTest {
    private static final PolicyLayout LAYOUT = new PolicyLayout(HonestChain.ARTIFACT);

    @FuzzTest(maxDuration = "60s")
    void names(FuzzedDataProvider data) {
        Reading reading =
                new Reading(LAYOUT, slots -> words(data, slots.size()), ReadingFuzzTest::documents);
        try {
            reading.progress();
            reading.names(List.of());
        } catch (PolicyReadException e) {
            if (e.failure() != Failure.CONTRADICTORY_STATE
                    && e.failure() != Failure.TOO_MANY_NAMES) {
                throw new AssertionError(e);
            }
        }
    }

    private static List<Word> words(FuzzedDataProvider data, int count) {
        List<Word> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = Arrays.copyOf(data.consumeBytes(Hash32.SIZE_BYTES), Hash32.SIZE_BYTES);
            words.add(new Word(Hash32.of(bytes)));
        }
        return words;
    }

    private static Map<Hash32, StoredDocument> documents(Map<Hash32, Address> places) {
        Map<Hash32, StoredDocument> found = new HashMap<>();
        places.keySet().forEach(hash -> found.put(hash, StoredDocument.of(hash.bytes())));
        return found;
    }
}
