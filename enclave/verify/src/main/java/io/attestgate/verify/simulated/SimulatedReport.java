package io.attestgate.verify.simulated;

import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the simulated platform signs: canonical JSON with the fields {@code config}, {@code
 * instance} (null), {@code notice}, {@code registers}, {@code reportData} and {@code version}.
 *
 * @param registers SHA-256 over the lines of the running jars (docs/measurement.md)
 * @param reportData what the report speaks for
 * @param config the bootstrap file's digest
 */
public record SimulatedReport(Hash32 registers, ReportData reportData, Hash32 config) {
    /** The platform's name, and the kind in the media type. */
    public static final String KIND = "simulated";

    /** Stands in the signed bytes, so that nobody mistakes them for evidence of hardware. */
    public static final String NOTICE = "attestgate simulated evidence: no hardware";

    private static final int VERSION = 1;
    private static final int SIZE_BYTES_MAX = 1024;

    /** The bytes that are signed. */
    public byte[] toBytes() {
        return CanonicalJson.write(
                Json.object(
                        "version",
                        VERSION,
                        "notice",
                        NOTICE,
                        "registers",
                        Base64Url.write(registers.bytes()),
                        "reportData",
                        Base64Url.write(reportData.bytes()),
                        "config",
                        Base64Url.write(config.bytes()),
                        "instance",
                        new Json.Null()));
    }

    /** Reads exactly what {@link #toBytes} writes. */
    public static Parsed<SimulatedReport> parse(byte[] bytes) {
        return JsonReader.parse(bytes, SIZE_BYTES_MAX)
                .then(
                        json ->
                                read(json)
                                        .filter(report -> Arrays.equals(report.toBytes(), bytes))
                                        .map(Parsed::good)
                                        .orElseGet(SimulatedReport::bad));
    }

    private static Parsed<SimulatedReport> bad() {
        return Parsed.bad(
                new Fault("body", "another", "the six fields, with the notice of simulation"));
    }

    private static Optional<SimulatedReport> read(Json json) {
        Optional<byte[]> registers = Member.bytes(json, "registers", Hash32.SIZE_BYTES);
        Optional<byte[]> reportData = Member.bytes(json, "reportData", ReportData.SIZE_BYTES);
        Optional<byte[]> config = Member.bytes(json, "config", Hash32.SIZE_BYTES);
        if (registers.isEmpty() || reportData.isEmpty() || config.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new SimulatedReport(
                        Hash32.of(registers.get()),
                        ReportData.fromBytes(reportData.get()),
                        Hash32.of(config.get())));
    }
}
