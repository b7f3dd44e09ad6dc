package io.attestgate.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parser and the published schema, on the same cases. */
class DocumentCasesTest {
    private static final Pattern CASE =
            Pattern.compile(
                    "(good|bad|beyond) (domain|gateway) (\\$\\S*)(?: ([^#].*?))?(?: # (\\$\\S*))?");

    private static final Map<String, JsonSchema> SCHEMAS =
            Map.of("domain", schema("domain"), "gateway", schema("gateway"));

    record Case(String verdict, String document, Json changed, String faultPath, String line) {
        static Case parse(String line) {
            Matcher parts = CASE.matcher(line);
            assertThat(parts.matches()).as(line).isTrue();
            Json base = parts.group(2).equals("domain") ? Documents.domain() : Documents.gateway();
            Json changed =
                    Documents.with(
                            base,
                            parts.group(3),
                            Optional.ofNullable(parts.group(4)).map(Documents::parse));
            String faultPath = Objects.requireNonNullElse(parts.group(5), parts.group(3));
            return new Case(parts.group(1), parts.group(2), changed, faultPath, line);
        }

        Parsed<?> parsed() {
            byte[] bytes = Documents.bytes(changed);
            return document.equals("domain")
                    ? PolicyDocuments.parseDomain(new PolicyName("app.example"), bytes)
                    : PolicyDocuments.parseGateway(bytes);
        }

        @Override
        public String toString() {
            return line;
        }
    }

    static Stream<Case> cases() {
        return Stream.concat(
                        Stream.of("good domain $.unknown", "good gateway $.unknown"),
                        Documents.text("cases.txt").lines())
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Case::parse);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theParserJudgesAndNamesThePlace(Case judged) {
        List<Fault> faults = judged.parsed().faults();
        if (judged.verdict().equals("good")) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).extracting(Fault::path).allMatch(p -> near(judged.faultPath(), p));
            assertThat(faults).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSchemaJudgesAlike(Case judged) {
        boolean accepted =
                schemaOf(judged.document())
                        .validate(CanonicalJson.text(judged.changed()), InputFormat.JSON)
                        .isEmpty();
        assertThat(accepted).isEqualTo(!judged.verdict().equals("bad"));
    }

    private static boolean near(String expected, String found) {
        return found.equals(expected) || found.startsWith(expected + "[");
    }

    private static JsonSchema schemaOf(String document) {
        return Objects.requireNonNull(SCHEMAS.get(document));
    }

    private static JsonSchema schema(String name) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Documents.text("/io/attestgate/policy/" + name + ".schema.json"));
    }
}
