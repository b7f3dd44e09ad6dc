package io.attestgate.verify.dcap;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** What a platform's certificate says is read from arbitrary bytes. */
final class PckExtensionFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void whatIsReadHasEveryComponent(byte[] input) {
        PckExtension.parse(input)
                .toOptional()
                .ifPresent(
                        platform -> {
                            if (platform.components().size() != PckExtension.COMPONENTS
                                    || platform.ppid().size() != 16) {
                                throw new AssertionError(platform.toString());
                            }
                        });
    }
}
