package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.attest.tpm.ResponseCode.Failure;
import io.attestgate.attest.tpm.TpmException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and answers, against a TPM that answers by a list. */
final class TpmTest {
    private static final Command GET_RANDOM =
            Command.of(CommandCode.GET_RANDOM, new TpmWriter().uint16(1));
    private static final byte[] SUCCESS =
            new TpmWriter()
                    .uint16(Tpms.ST_NO_SESSIONS)
                    .uint32(13)
                    .uint32(0)
                    .sized(new byte[] {7})
                    .toBytes();

    private final List<byte[]> sent = new ArrayList<>();
    private final List<Integer> pauses = new ArrayList<>();

    private Tpm answering(Stream<byte[]> answers) {
        List<byte[]> left = new ArrayList<>(answers.toList());
        return new Tpm(
                new TpmTransport() {
                    @Override
                    public byte[] transmit(byte[] command) throws IOException {
                        sent.add(command);
                        if (left.isEmpty()) {
                            throw new IOException("no more answers");
                        }
                        return left.removeFirst();
                    }

                    @Override
                    public void close() {}
                },
                pauses::add);
    }

    private static TpmException refusal(Tpm tpm) {
        return catchThrowableOfType(TpmException.class, () -> tpm.run(GET_RANDOM).reader().end());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x922, 0x908, 0x90A, 0x920})
    void aTpmThatIsBusyIsAskedTheSameAgain(int code) throws TpmException {
        Tpm tpm = answering(Stream.of(Bus.refusal(code), Bus.refusal(code), SUCCESS));
        assertThat(tpm.run(GET_RANDOM).reader().sized("bytes")).containsExactly(7);
        assertThat(sent).hasSize(3).allSatisfy(bytes -> assertThat(bytes).isEqualTo(sent.get(0)));
        assertThat(pauses).containsExactly(0, 1);
    }

    @Test
    void aTpmThatStaysBusyIsGivenUp() {
        TpmException refused =
                refusal(answering(Stream.generate(() -> Bus.refusal(0x922)).limit(99)));
        assertThat(refused.is(Failure.RETRY)).isTrue();
        assertThat(sent).hasSize(Tpm.ATTEMPTS_MAX);
    }

    @Test
    void aTpmInLockoutIsNotAskedAgain() {
        TpmException refused = refusal(answering(Stream.of(Bus.refusal(0x921), SUCCESS)));
        assertThat(refused.is(Failure.LOCKOUT)).isTrue();
        assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
        assertThat(sent).hasSize(1);
    }

    @Test
    void aDeviceThatBreaksOffIsSaidToHave() {
        assertThat(refusal(answering(Stream.of())).reason()).isEqualTo(Reason.TRANSPORT);
    }

    @Test
    void anAnswerThatIsCutOffIsRefused() {
        for (int size = 0; size < SUCCESS.length; size++) {
            byte[] cut = Arrays.copyOf(SUCCESS, size);
            assertThat(refusal(answering(Stream.of(cut))).reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void anAnswerInASessionThatWasNotAskedForIsRefused() {
        byte[] answer = SUCCESS.clone();
        answer[1] = 2;
        assertThat(refusal(answering(Stream.of(answer))).reason()).isEqualTo(Reason.UNAUTHENTIC);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x98E | AUTH_FAIL    | TPM_RC_AUTH_FAIL 0x98e, session 1",
                "0x1C4 | VALUE        | TPM_RC_VALUE 0x1c4, parameter 1",
                "0x18B | HANDLE       | TPM_RC_HANDLE 0x18b, handle 1",
                "0xFCA | TYPE         | TPM_RC_TYPE 0xfca, parameter 15",
                "0x99D | POLICY_FAIL  | TPM_RC_POLICY_FAIL 0x99d, session 1",
                "0x14C | NV_DEFINED   | TPM_RC_NV_DEFINED 0x14c",
                "0x128 | PCR_CHANGED  | TPM_RC_PCR_CHANGED 0x128",
                "0x921 | LOCKOUT      | TPM_RC_LOCKOUT 0x921"
            })
    void aResponseCodeIsReadAsThePartTwoTablesSay(int code, Failure error, String text) {
        ResponseCode read = new ResponseCode(code);
        assertThat(read.failure()).contains(error);
        assertThat(read).hasToString(text);
    }

    @Test
    void aCodeOfNoKnownNameIsShownAsItIs() {
        assertThat(new ResponseCode(0x80123).failure()).isEmpty();
        assertThat(new ResponseCode(0x80123)).hasToString("TPM_RC 0x80123");
    }
}
