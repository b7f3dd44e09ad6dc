package io.attestgate.verify.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.Vectors;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Merkle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ReportDataTest {

    @TestFactory
    Stream<DynamicTest> claimsThatShareAReportHaveItsRootAndTheirPaths() {
        return Vectors.rows(Vectors.read("batch.json")).stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        Vectors.texts(row, "claims").size() + " claims",
                                        () -> sharesItsReport(row)));
    }

    private static void sharesItsReport(Json.Obj row) {
        List<byte[]> claims =
                Vectors.texts(row, "claims").stream()
                        .map(text -> Base64Url.parse(text).orElseThrow())
                        .toList();
        List<Hash32> leaves = claims.stream().map(ReportData::leaf).toList();
        assertThat(Merkle.root(leaves, ReportData::node)).isEqualTo(Vectors.hash(row, "root"));
        List<List<Hash32>> paths = paths(row);
        for (int i = 0; i < claims.size(); i++) {
            assertThat(Merkle.path(leaves, i, ReportData::node)).isEqualTo(paths.get(i));
            assertThat(ReportData.of(claims.get(i), paths.get(i)).bytes())
                    .isEqualTo(Vectors.hex(row, "reportData"));
        }
    }

    private static List<List<Hash32>> paths(Json.Obj row) {
        List<List<Hash32>> paths = new ArrayList<>();
        for (Json path : ((Json.Arr) row.get("paths").orElseThrow()).elements()) {
            paths.add(
                    ((Json.Arr) path)
                            .elements().stream()
                                    .map(sibling -> ((Json.Text) sibling).value())
                                    .map(text -> Hash32.of(Base64Url.parse(text).orElseThrow()))
                                    .toList());
        }
        return paths;
    }

    @Test
    void aReportForARootIsNotOneForClaimsThatSpellTheRoot() {
        Hash32 root = Hash32.of(Digests.sha256(new byte[] {1}));
        assertThat(ReportData.ofBatchRoot(root)).isNotEqualTo(ReportData.of(root.bytes()));
    }

    @Test
    void bothHalvesComeBackAsTheyWere() {
        ReportData data = ReportData.of(new byte[] {1, 2, 3});
        assertThat(ReportData.fromBytes(data.bytes())).isEqualTo(data);
        assertThat(data.qualifyingData()).isEqualTo(Hash32.of(Digests.sha256(data.bytes())));
    }
}
