package io.attestgate.policy.beacon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The smallest messages of each fork, which the fuzz tests begin with. */
class LightClientReaderTest {
    private static final LightClientReader READER = new LightClientReader(Preset.MINIMAL);

    @ParameterizedTest
    @EnumSource
    void everyForksMessagesAreReadFromSsz(Fork fork) throws IOException {
        assertThat(READER.optimisticUpdate(fork, ssz(fork, "optimistic")).faults()).isEmpty();
        assertThat(READER.finalityUpdate(fork, ssz(fork, "finality")).faults()).isEmpty();
        assertThat(READER.update(fork, ssz(fork, "update")).faults()).isEmpty();
        assertThat(READER.bootstrap(fork, ssz(fork, "bootstrap")).faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, ExecutionPayloadHeader.EXTRA_DATA_BYTES_MAX + 1, 100})
    void aByteTooFewOrTooManyIsRefused(int more) throws IOException {
        for (String kind : new String[] {"finality", "update", "bootstrap"}) {
            byte[] right = ssz(Fork.ELECTRA, kind);
            byte[] wrong = Arrays.copyOf(right, right.length + more);
            Parsed<?> parsed =
                    switch (kind) {
                        case "finality" -> READER.finalityUpdate(Fork.ELECTRA, wrong);
                        case "update" -> READER.update(Fork.ELECTRA, wrong);
                        default -> READER.bootstrap(Fork.ELECTRA, wrong);
                    };
            // The last field is a list of at most 32 bytes, which would take a few more.
            assertThat(parsed.faults()).isNotEmpty();
        }
    }

    @Test
    void anUpdateWithZeroBranchesNamesNeitherACommitteeNorAFinalBlock() throws IOException {
        LightClientUpdate update =
                READER.update(Fork.FULU, ssz(Fork.FULU, "update")).toOptional().orElseThrow();
        assertThat(update.next()).isEmpty();
        assertThat(update.finality()).isEmpty();
    }

    @Test
    void aValueWhoseBranchIsZeroIsRefused() throws IOException {
        byte[] ssz = ssz(Fork.FULU, "update");
        // The first key of the next committee, after the offset of the attested header.
        ssz[4] = 1;
        assertThat(READER.update(Fork.FULU, ssz).faults())
                .anyMatch(fault -> fault.path().equals("$.next_sync_committee"));
    }

    @Test
    void aMessageOfOneForkIsNoneOfAnotherWithOtherContainers() throws IOException {
        assertThat(READER.update(Fork.CAPELLA, ssz(Fork.DENEB, "update")).faults()).isNotEmpty();
        assertThat(READER.update(Fork.DENEB, ssz(Fork.CAPELLA, "update")).faults()).isNotEmpty();
        assertThat(READER.update(Fork.DENEB, ssz(Fork.ELECTRA, "update")).faults()).isNotEmpty();
    }

    @Test
    void numbersOfTheJsonAreDecimal() throws IOException {
        Json json = json("fulu-optimistic.json");
        LightClientUpdate read = READER.optimisticUpdate(json).toOptional().orElseThrow();
        assertThat(read.signatureSlot()).isEqualTo(6);
        assertThat(read.attested().beacon().slot()).isEqualTo(5);
        assertThat(read.attested().execution().gasLimit()).isEqualTo(30_000_000);
        assertThat(read.attested().execution().baseFeePerGas().bytes()).startsWith(7, 0);
    }

    @Test
    void aNumberOfMoreThan64BitsIsRefused() throws IOException {
        assertThat(READER.optimisticUpdate(json("huge-number.json")).faults())
                .anyMatch(fault -> fault.path().equals("$.data.attested_header.beacon.slot"));
    }

    @Test
    void anAnswerWithoutAVersionIsRefused() throws IOException {
        assertThat(READER.optimisticUpdate(json("no-version.json")).faults()).isNotEmpty();
    }

    @Test
    void theRootOfAnEmptyBlockIsThatOfTheSpecification() {
        // Eight zero chunks, three levels.
        Hash32 node = Hash32.ZERO;
        for (int level = 0; level < 3; level++) {
            node = Ssz.node(node, node);
        }
        assertThat(BeaconBlockHeader.EMPTY.root()).isEqualTo(node);
    }

    private static byte[] ssz(Fork fork, String kind) throws IOException {
        byte[] seed = seed("ssz/" + fork.label() + "-" + kind);
        return Arrays.copyOfRange(seed, 1, seed.length);
    }

    private static Json json(String name) throws IOException {
        byte[] bytes = seed("json/" + name);
        return JsonReader.parse(bytes, bytes.length).toOptional().orElseThrow();
    }

    private static byte[] seed(String name) throws IOException {
        String path = "LightClientReaderFuzzTestInputs/" + name;
        try (InputStream in = LightClientReaderTest.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError(path);
            }
            return in.readAllBytes();
        }
    }
}
