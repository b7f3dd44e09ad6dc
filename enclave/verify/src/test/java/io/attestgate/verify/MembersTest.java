package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which members may travel together, and as what. */
final class MembersTest {

    /** Of words such as {@code cpu=tdx}. */
    private static Members members(String words) {
        SortedMap<String, CmwRecord> members = new TreeMap<>();
        for (String word : words.split(" ", -1)) {
            String[] parts = word.split("=", -1);
            members.put(parts[0], CmwRecord.of(parts[1], new byte[1]));
        }
        return new Members(EvidenceEnvelope.of(new byte[0], List.of(), members));
    }

    private static Optional<Check> check(String words) {
        return members(words).refusal().map(Refusal::check);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu=tdx",
                "cpu=simulated tpm=tpm",
                "cpu=dstack eventlog=dstack.eventlog cpu1=snp",
                "cpu=snp cpu1=tdx cpu2=sgx cpu3=nitro tpm=nitro-tpm gpu0=nvidia gpu1=nvidia",
                "tpm=azure-tdx gpu0=nvidia"
            })
    void eachUnderANameThatItsKindIsFor(String words) {
        assertThat(check(words)).isEmpty();
    }

    /** A domain under a TPM's name has no event log to replay, and a TPM's has no registers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu=tdx tpm=dstack",
                "tpm=dstack",
                "cpu=tdx tpm=tdx",
                "cpu=tdx tpm=snp",
                "cpu=tdx tpm=simulated",
                "cpu=tdx tpm=nvidia",
                "cpu=tpm",
                "cpu=azure-snp",
                "cpu=nitro-tpm",
                "cpu=nvidia",
                "cpu=tdx cpu1=simulated",
                "cpu=tdx cpu1=dstack",
                "cpu=tdx cpu1=tpm",
                "cpu=tdx gpu0=tdx",
                "cpu=unheard-of"
            })
    void aKindUnderANameThatIsForOthersIsRefused(String words) {
        assertThat(check(words)).contains(Check.PLATFORM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu1=tdx",
                "tpm=tpm cpu1=tdx",
                "cpu=tdx cpu2=snp",
                "cpu=tdx cpu0=snp",
                "cpu=tdx gpu1=nvidia",
                "cpu=tdx gpu00=nvidia",
                "gpu0=nvidia",
                "cpu=tdx eventlog=dstack.eventlog",
                "cpu=dstack"
            })
    void namesThatDoNotGoTogetherAreRefused(String words) {
        assertThat(check(words)).contains(Check.MEMBERS);
    }

    @Test
    void processorsComeBeforeTheTpmAndTheGpus() {
        assertThat(members("gpu0=nvidia tpm=tpm cpu1=snp cpu=tdx").legs())
                .containsExactly("cpu", "cpu1", "tpm", "gpu0");
        assertThat(members("gpu0=nvidia tpm=tpm").leading().kind()).isEqualTo("tpm");
    }

    /** What this release judges has a place, and what has a place is judged. */
    @Test
    void everyKindHasAPlace() {
        Set<String> placed = new HashSet<>();
        for (String name : List.of("cpu", "cpu1", "tpm", "gpu0")) {
            placed.addAll(Members.kinds(name));
        }
        placed.remove(Expectation.SIMULATED);

        assertThat(placed).isEqualTo(EvidenceKinds.mediaTypes());
        assertThat(Members.kinds("cpu")).containsAll(Members.kinds("cpu1"));
    }
}
