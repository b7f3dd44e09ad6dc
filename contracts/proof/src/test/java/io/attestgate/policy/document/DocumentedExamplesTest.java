package io.attestgate.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/policy-document.md shows is good, and the bounds that it tells are ours. */
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("../../docs/policy-document.md");
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExamplesAreGood() throws IOException {
        List<Json> examples =
                EXAMPLE.matcher(Files.readString(PAGE))
                        .results()
                        .map(MatchResult::group)
                        .map(block -> block.substring("```json\n".length(), block.length() - 3))
                        .map(Documents::parse)
                        .toList();

        assertThat(examples).hasSize(2);
        assertThat(PolicyDocuments.parseGateway(Documents.bytes(examples.get(0))).faults())
                .isEqualTo(List.<Fault>of());
        assertThat(
                        PolicyDocuments.parseDomain(
                                        new PolicyName("app.example"),
                                        Documents.bytes(examples.get(1)))
                                .faults())
                .isEqualTo(List.<Fault>of());
    }

    @Test
    void theTableOfBoundsIsOurs() throws IOException {
        String page = Files.readString(PAGE);
        for (Bound bound : Bound.values()) {
            Pattern row =
                    Pattern.compile(
                            "\\| `%s`[^|]*\\| `%s` \\| `%s` \\| %s to %s \\|"
                                    .formatted(
                                            Pattern.quote(bound.path()),
                                            bound.write(bound.usual().value()),
                                            bound.write(bound.usual().ceiling()),
                                            bound.write(bound.range().min()),
                                            bound.write(bound.range().max())));
            assertThat(page).containsPattern(row);
        }
    }
}
