package io.attestgate.verify.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.Vectors;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ClaimsTest {
    private static final Json VECTORS = Vectors.read("claims.json");

    private static Role role(Json.Obj row) {
        return Role.parse(Vectors.text(row, "role")).orElseThrow();
    }

    private static String title(Json.Obj row) {
        return role(row) + ": " + Vectors.text(row, "name");
    }

    @TestFactory
    Stream<DynamicTest> claimsAreReadAndWrittenInTheirOneForm() {
        return Vectors.rows(VECTORS, "accepted").stream()
                .map(row -> DynamicTest.dynamicTest(title(row), () -> readAndWritten(row)));
    }

    private static void readAndWritten(Json.Obj row) {
        byte[] bytes = Vectors.base64(row, "claims");
        Parsed<Claims> parsed = Claims.parse(role(row), bytes);
        assertThat(parsed.faults()).isEmpty();
        Claims claims = parsed.toOptional().orElseThrow();
        assertThat(claims.role()).isEqualTo(role(row));
        assertThat(claims.toBytes()).isEqualTo(bytes);
        assertThat(ReportData.of(bytes).bytes()).isEqualTo(Vectors.hex(row, "reportData"));
        assertThat(ReportData.leaf(bytes)).isEqualTo(Vectors.hash(row, "leaf"));
    }

    @TestFactory
    Stream<DynamicTest> anythingElseIsAFault() {
        return Vectors.rows(VECTORS, "refused").stream()
                .map(row -> DynamicTest.dynamicTest(title(row), () -> refused(row)));
    }

    private static void refused(Json.Obj row) {
        Parsed<Claims> parsed = Claims.parse(role(row), Vectors.base64(row, "claims"));
        assertThat(parsed).isInstanceOf(Parsed.Bad.class);
        assertThat(parsed.faults()).isNotEmpty();
    }

    @TestFactory
    Stream<DynamicTest> noRoleReadsTheClaimsOfAnother() {
        return Vectors.rows(VECTORS, "accepted").stream()
                .flatMap(
                        row ->
                                List.of(Role.values()).stream()
                                        .filter(other -> other != role(row))
                                        .map(other -> readAs(row, other)));
    }

    private static DynamicTest readAs(Json.Obj row, Role other) {
        return DynamicTest.dynamicTest(
                title(row) + ", read as " + other,
                () ->
                        assertThat(Claims.parse(other, Vectors.base64(row, "claims")))
                                .isInstanceOf(Parsed.Bad.class));
    }
}
