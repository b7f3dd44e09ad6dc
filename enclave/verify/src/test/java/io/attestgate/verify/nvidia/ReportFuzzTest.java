package io.attestgate.verify.nvidia;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import java.util.Optional;

/** Evidence is read and judged from arbitrary bytes; nothing is trusted that no GPU signed. */
final class ReportFuzzTest {
    private static final PlayedNvidia PLAYED = PlayedNvidia.hopper();
    private static final Collateral COLLATERAL = PLAYED.collateral();

    @FuzzTest(maxDuration = "60s")
    void arbitraryBytesAreRefused(byte[] input) {
        if (Verifier.verify(
                        input,
                        COLLATERAL,
                        PLAYED.policy(PLAYED.accepted()),
                        Optional.empty(),
                        PlayedNvidia.NOW)
                instanceof Appraisal.Trusted) {
            throw new AssertionError("trusted, though the root was made for this run");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void whatIsReadCanBeShown(byte[] input) {
        new NvidiaKind()
                .inspect(input)
                .toOptional()
                .ifPresent(
                        tree -> {
                            if (tree.get("gpus").isEmpty()) {
                                throw new AssertionError("evidence of nothing");
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void opaqueDataHasItsOwnBytesAndNoMore(byte[] input) {
        try {
            OpaqueData data = OpaqueData.read(input);
            int size = data.fields().values().stream().mapToInt(Octets::size).sum();
            if (size + 4 * data.fields().size() != input.length) {
                throw new AssertionError("fields of " + size + " bytes");
            }
            Report.Said said = Report.Said.of(data);
            if (said.mode().spelling().isEmpty()) {
                throw new AssertionError("no mode");
            }
        } catch (MalformedException e) {
            return; // Nearly always.
        }
    }
}
