package io.attestgate.govern;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.contracts.ContractArtifact;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hex;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RevertTest {
    /** No line for a person is longer: the longest error, two texts of 128 characters. */
    private static final int LINE_CHARS_MAX = 600;

    private static final ContractArtifact POLICY = ContractArtifact.load("GatewayPolicy");

    @Test
    void anErrorIsShownWithItsArgumentsByNameAndItsMeaning() {
        Revert revert =
                revert(
                        "NotController(string,address)",
                        new AbiEncoder().string("app.example").address(Address.ZERO));
        assertThat(revert.error()).hasValue("NotController");
        assertThat(revert.text())
                .isEqualTo(
                        "NotController(name: \"app.example\", caller: %s) The caller is neither the"
                                + " governor nor the controller of `name`.",
                        Address.ZERO);
    }

    @Test
    void anErrorWithoutArgumentsIsShownToo() {
        assertThat(revert("EmptyDocument()", new AbiEncoder()).text())
                .isEqualTo("EmptyDocument() A document has at least one byte.");
    }

    @Test
    void argumentsThatAreNotThereAreAbsent() {
        byte[] data = data("NotController(string,address)", new AbiEncoder().string("a"));
        Revert revert = Revert.of(List.of(POLICY), Arrays.copyOf(data, 4));
        assertThat(revert.text()).startsWith("NotController(name: absent, caller: absent)");
    }

    @Test
    void anOffsetBeyondTheDataIsAnEmptyText() {
        byte[] data = data("NotPublished(string)", new AbiEncoder().string("a"));
        Arrays.fill(data, 4, 36, (byte) 0xff);
        assertThat(Revert.of(List.of(POLICY), data).text()).startsWith("NotPublished(name: \"\")");
    }

    @Test
    void aTextOfPeersIsCutAndHasNoControlCharacters() {
        AbiEncoder argument = new AbiEncoder().string("\u001b[31m" + "a".repeat(1000));
        assertThat(revert("NotPublished(string)", argument).text())
                .startsWith("NotPublished(name: \"?[31maaa")
                .hasSizeLessThan(200);
    }

    @Test
    void whatIsNoErrorOfTheContractIsShownAsItIs() {
        Revert revert = Revert.of(List.of(POLICY), new byte[] {1, 2, 3});
        assertThat(revert.error()).isEmpty();
        assertThat(revert.text()).startsWith("revert data: 0x010203 ");
    }

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreOneShortLine(byte[] data) {
        String text = Revert.of(List.of(POLICY), data).text();
        assertThat(text).hasSizeLessThan(LINE_CHARS_MAX);
        assertThat(text.chars()).noneMatch(Character::isISOControl);
    }

    private static Revert revert(String signature, AbiEncoder arguments) {
        return Revert.of(List.of(POLICY), data(signature, arguments));
    }

    private static byte[] data(String signature, AbiEncoder arguments) {
        return Hex.parse(Call.of(signature, arguments).data()).orElseThrow();
    }
}
