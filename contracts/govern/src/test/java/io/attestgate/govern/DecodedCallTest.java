package io.attestgate.govern;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.contracts.ContractArtifact;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hex;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DecodedCallTest {
    private static final ContractArtifact POLICY = ContractArtifact.load("GatewayPolicy");
    private static final Address SOMEBODY =
            Address.parse("0x00000000000000000000000000000000000000aa").orElseThrow();

    @Test
    void aCallIsReadBackWithTheNamesOfTheSource() {
        byte[] document = {'{', '}'};
        DecodedCall call =
                decoded(
                        Call.withDocument(
                                "publish(string,bytes)",
                                new AbiEncoder().string("app.example").bytes(document),
                                document));

        assertThat(call.function()).isEqualTo("publish");
        assertThat(call.text("name")).hasValue("app.example");
        assertThat(call.bytes("document").orElseThrow()).isEqualTo(document);
        assertThat(call.toString())
                .startsWith("publish(name: \"app.example\", document: 2 bytes of hash 0x");
    }

    @Test
    void accountsAndNumbersAreRead() {
        DecodedCall call =
                decoded(
                        Call.of(
                                "delegate(string,address,uint32)",
                                new AbiEncoder().string("example").address(SOMEBODY).uint(5)));

        assertThat(call.arguments().subList(1, 3))
                .extracting(argument -> argument.value().toString())
                .containsExactly(SOMEBODY.toString(), "5");
    }

    @Test
    void noBytesAndAnotherSelectorAreNoCall() {
        assertThat(DecodedCall.of(POLICY, new byte[0])).isEmpty();
        assertThat(DecodedCall.of(POLICY, new byte[] {1, 2, 3, 4})).isEmpty();
    }

    @Test
    void aCallInAnotherEncodingIsNotRead() {
        byte[] data = data(Call.of("withdraw(string)", new AbiEncoder().string("app.example")));
        byte[] longer = Arrays.copyOf(data, data.length + 32);
        byte[] dirty = data.clone();
        dirty[dirty.length - 1] = 1;
        byte[] cut = Arrays.copyOf(data, data.length - 1);

        assertThat(DecodedCall.of(POLICY, data)).isPresent();
        assertThat(DecodedCall.of(POLICY, longer)).isEmpty();
        assertThat(DecodedCall.of(POLICY, dirty)).isEmpty();
        assertThat(DecodedCall.of(POLICY, cut)).isEmpty();
    }

    @Test
    void aNameThatWouldMoveTheCursorIsShownWithoutItsControls() {
        DecodedCall call =
                decoded(Call.of("withdraw(string)", new AbiEncoder().string("a\u001b[2J")));

        assertThat(call).hasToString("withdraw(name: \"a?[2J\")");
    }

    /** Whatever is read is what the same call encodes to. */
    @FuzzTest(maxDuration = "60s")
    void anyDataIsOneCallOrNone(byte[] data) {
        DecodedCall.of(POLICY, data)
                .ifPresent(call -> assertThat(call.toString()).startsWith(call.function()));
    }

    private static DecodedCall decoded(Call call) {
        return DecodedCall.of(POLICY, data(call)).orElseThrow();
    }

    private static byte[] data(Call call) {
        return Hex.parse(call.data()).orElseThrow();
    }
}
