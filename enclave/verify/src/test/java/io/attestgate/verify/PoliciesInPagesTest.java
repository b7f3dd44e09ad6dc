package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy that a page shows is one that loads: readers copy it. */
final class PoliciesInPagesTest {
    private static final Path DOCS =
            Path.of(System.getProperty("attestgate.root", "../..")).resolve("docs");
    private static final Pattern POLICY =
            Pattern.compile("```\\R(\\{ \"roots\".*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"dcap", "nitro", "nvidia", "snp", "tpm"})
    void thePolicyOfEachPageLoads(String kind) throws IOException {
        List<String> policies =
                POLICY.matcher(Files.readString(DOCS.resolve("evidence-" + kind + ".md")))
                        .results()
                        .map(result -> result.group(1))
                        .toList();

        assertThat(policies).hasSize(1);
        assertThat(EvidenceKinds.policy(policies.getFirst().getBytes(StandardCharsets.UTF_8)))
                .matches(policy -> policy.faults().isEmpty(), "loads");
    }
}
