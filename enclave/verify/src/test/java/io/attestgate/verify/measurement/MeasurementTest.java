package io.attestgate.verify.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class MeasurementTest {

    @TestFactory
    Stream<DynamicTest> theMeasurementIsThatOfTheVectors() {
        return Vectors.rows(Vectors.read("measurement.json")).stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        Vectors.text(row, "platform"),
                                        () ->
                                                assertThat(
                                                                Measurement.of(
                                                                        Vectors.text(
                                                                                row, "platform"),
                                                                        Vectors.hex(
                                                                                row, "registers"),
                                                                        Vectors.hash(
                                                                                row, "config")))
                                                        .isEqualTo(
                                                                Vectors.hash(row, "measurement"))));
    }
}
