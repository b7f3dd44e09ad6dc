package io.attestgate.proxy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.wire.Parsed;

final class BootstrapFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void anyBytesAreAFileOrHaveAFaultAndNothingIsThrown(byte[] bytes) {
        switch (Bootstrap.parse("attestgate.yaml", bytes)) {
            case Parsed.Good<Bootstrap> good ->
                    assertThat(good.value().chain().codeHashes())
                            .containsKey(good.value().chain().contract());
            case Parsed.Bad<Bootstrap> bad ->
                    assertThat(bad.faults())
                            .isNotEmpty()
                            .allSatisfy(f -> assertThat(f.path()).startsWith("attestgate.yaml:"));
        }
    }
}
