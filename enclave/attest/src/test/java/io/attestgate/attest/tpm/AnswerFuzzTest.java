package io.attestgate.attest.tpm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.platform.PlatformException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Arbitrary answers and files: each is read, or refused, and nothing else is thrown. */
final class AnswerFuzzTest {

    /** Plays answer after answer, each with a {@code uint16} size before it; then breaks off. */
    private static TpmTransport playing(byte[] input) {
        ByteBuffer left = ByteBuffer.wrap(input);
        return new TpmTransport() {
            @Override
            public byte[] transmit(byte[] command) {
                int size = left.remaining() < Short.BYTES ? 0 : left.getShort() & 0xFFF;
                byte[] answer = new byte[Math.min(size, left.remaining())];
                left.get(answer);
                return answer;
            }

            @Override
            public void close() {}
        };
    }

    @FuzzTest(maxDuration = "60s")
    void arbitraryAnswersOpenNothing(byte[] input) {
        TpmSettings settings =
                new TpmSettings(Path.of("/dev/null"), TestTpm.PCRS, Optional.empty());
        try (TpmPlatform platform =
                TpmPlatform.of(playing(input), new FragileDisk(), settings, TestTpm.CONFIG)) {
            throw new AssertionError("opened what no TPM answered: " + platform.name());
        } catch (PlatformException refused) {
            if (!(refused.getCause() instanceof TpmException)) {
                throw new AssertionError(refused);
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void arbitraryAnswersToACommandWithoutSessionsAreReadOrRefused(byte[] input) {
        try (Tpm tpm = new Tpm(playing(input), attempt -> {})) {
            Answer answer =
                    tpm.run(
                            Command.of(
                                    CommandCode.PCR_READ,
                                    new TpmWriter().bytes(TestTpm.PCRS.toBytes())));
            requireNoMore(input, Pcrs.parse(answer.reader(), TestTpm.PCRS).size() * 32);
        } catch (TpmException refused) {
            requireReason(refused);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void arbitraryPublicAreasAreReadOrRefused(byte[] input) {
        try {
            EccPublic made = EccPublic.endorsement().made(input);
            if (!Arrays.equals(made.toBytes(), input)) {
                throw new AssertionError("read another key than was there");
            }
            requireNoMore(new byte[Salt.to(made).seed().length], Kdf.KEY_BYTES);
        } catch (TpmException refused) {
            requireReason(refused);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void arbitraryFilesAreReadOrRefused(byte[] input) {
        try {
            requireNoMore(input, SignedPolicies.parse(input).entries().size());
        } catch (TpmException refused) {
            requireReason(refused);
        }
        try {
            requireNoMore(input, OfferedVersions.parse(input).size());
        } catch (TpmException refused) {
            requireReason(refused);
        }
        try {
            TpmState state = TpmState.parse(input);
            if (!Arrays.equals(state.toBytes(), input)) {
                throw new AssertionError("read another state than was there");
            }
        } catch (TpmException refused) {
            requireReason(refused);
        }
    }

    private static void requireNoMore(byte[] input, int read) {
        if (read > input.length) {
            throw new AssertionError("read more than was there");
        }
    }

    private static void requireReason(TpmException refused) {
        switch (refused.reason()) {
            case MALFORMED, UNAUTHENTIC, REFUSED, DAMAGED -> {}
            default -> throw new AssertionError(refused);
        }
    }
}
