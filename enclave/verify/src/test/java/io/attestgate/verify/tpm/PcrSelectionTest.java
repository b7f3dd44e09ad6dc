package io.attestgate.verify.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which PCRs, as claims and refusals write them. */
final class PcrSelectionTest {
    @Test
    void aSelectionIsTheBankAndItsNumbers() {
        PcrSelection one = PlayedTpm.pcrs().selection();
        PcrSelection other = PlayedTpm.pcrs(TpmHash.SHA384, 7).selection();

        assertThat(PcrSelection.spell(List.of(one, other))).isEqualTo("sha256 0,1,4,7; sha384 7");
        assertThat(PcrSelection.spell(List.of())).isEqualTo("none");
    }

    /** No two selections look alike: a refusal would else name what it wanted. */
    @Test
    void aSelectionOfNoneOrOfAnotherMaskIsToldApart() {
        PcrSelection none = new PcrSelection(TpmHash.SHA256.id(), Octets.of(new byte[3]));
        PcrSelection wide = new PcrSelection(TpmHash.SHA256.id(), Octets.of(new byte[] {1, 0}));

        assertThat(none).hasToString("sha256 no PCR");
        assertThat(wide).hasToString("sha256 0 of mask 0x0100");
    }
}
