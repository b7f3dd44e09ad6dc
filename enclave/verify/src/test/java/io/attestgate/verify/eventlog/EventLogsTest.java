package io.attestgate.verify.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of firmware and of dstack, read from their real and from broken bytes. */
final class EventLogsTest {

    @ParameterizedTest
    @CsvSource({
        "collateral/go-tdx-guest/testing/testdata/ccel/ccel_data.dat,SHA384",
        "collateral/dstack/dstack/cc-eventlog/samples/ccel.bin,SHA384",
        "collateral/trustee/deps/eventlog/test_data/CCEL_data_ovmf,SHA384",
        "collateral/go-tpm-tools/internal/test/eventlogs/ubuntu-2404-amd-sevsnp.bin,SHA256",
        "collateral/go-tpm-tools/internal/test/eventlogs/cos-101-amd-sev.bin,SHA256"
    })
    void realLogsAreRead(String name, TcgLog.Bank bank) {
        RealVectors.require();
        TcgLog log = TcgLog.parse(RealVectors.read(name), bank).toOptional().orElseThrow();

        assertThat(log.events()).hasSizeGreaterThan(10);
    }

    @Test
    void aRealLogOfTheOldFormatWhichKnowsOnlySha1IsRefused() {
        RealVectors.require();
        byte[] old =
                RealVectors.read("collateral/go-tpm-tools/internal/test/eventlogs/debian-10.bin");

        assertThat(TcgLog.parse(old, TcgLog.Bank.SHA256)).isInstanceOf(Parsed.Bad.class);
    }

    /** dstack's own test: {@code {"name":"compose-hash","payload":"abcd","type":134217729}}. */
    @Test
    void theDigestsOfBothVersionsAreThoseThatDstackDocuments() throws Exception {
        Octets payload = Octets.of(HexFormat.of().parseHex("abcd"));
        java.security.MessageDigest sha384 = java.security.MessageDigest.getInstance("SHA-384");
        byte[] canonical =
                "{\"name\":\"compose-hash\",\"payload\":\"abcd\",\"type\":134217729}"
                        .getBytes(StandardCharsets.UTF_8);
        byte[] first = HexFormat.of().parseHex("01000008" + "3a" + "61" + "3a" + "abcd");

        assertThat(DstackEvent.digest(2, "compose-hash", payload))
                .isEqualTo(Octets.of(sha384.digest(canonical)));
        assertThat(DstackEvent.digest(1, "a", payload)).isEqualTo(Octets.of(sha384.digest(first)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"kms\",\"id\":\"3059\"}|kms:3059",
                "{\"id\":\"ab\",\"name\":\"local-sgx\",\"more\":1}|local-sgx:ab",
                "{\"name\":\"none\",\"id\":\"\"}|",
                "{\"name\":\"kms\",\"id\":\"3059zz\"}|",
                "{\"name\":\"K\",\"id\":\"3059\"}|",
                "{\"name\":1,\"id\":\"3059\"}|",
                "[\"kms\"]|",
                "kms|"
            })
    void aKeyProviderIsNamedWhereItCanBeToldFromAnother(String payload, String named) {
        String hex = HexFormat.of().formatHex(payload.getBytes(StandardCharsets.UTF_8));
        String json =
                "[{\"imr\":3,\"event_type\":134217729,\"event\":\"key-provider\",\"event_payload\":\"%s\"}]"
                        .formatted(hex);
        DstackLog log =
                DstackLog.parse(json.getBytes(StandardCharsets.UTF_8)).toOptional().orElseThrow();

        assertThat(log.keyProvider().map(DstackKeyProvider::toString))
                .isEqualTo(java.util.Optional.ofNullable(named));
    }

    /** EV_EFI_PLATFORM_FIRMWARE_BLOB2 and its like are 0x80000000 and above (UEFI 2.10, 38.4). */
    @ParameterizedTest
    @ValueSource(longs = {4, 0x8000_000AL, 0xffff_ffffL})
    void firmwaresEventsAreReadWhateverTheirType(long type) {
        String json =
                "[{\"imr\":0,\"event_type\":%d,\"digest\":\"%s\",\"event\":\"\",\"event_payload\":\"\"}]"
                        .formatted(type, "ab".repeat(48));
        DstackLog log =
                DstackLog.parse(json.getBytes(StandardCharsets.UTF_8)).toOptional().orElseThrow();

        assertThat(log.events()).extracting(DstackEvent::type).containsExactly(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A type of more than 32 bits.
                "[{\"imr\":0,\"event_type\":4294967296,\"event\":\"\",\"event_payload\":\"\"}]",
                // The same name twice.
                "[{\"imr\":3,\"event_type\":134217729,\"event\":\"a\",\"event_payload\":\"\"},"
                    + "{\"imr\":3,\"event_type\":134217729,\"event\":\"a\",\"event_payload\":\"01\"}]",
                // The running system in another register, and another's event in its own.
                "[{\"imr\":2,\"event_type\":134217729,\"event\":\"a\",\"event_payload\":\"\"}]",
                "[{\"imr\":3,\"event_type\":4,\"event\":\"a\",\"event_payload\":\"\",\"digest\":\"00\"}]",
                // No register, no version, no digest of that payload.
                "[{\"imr\":4,\"event_type\":134217729,\"event\":\"a\",\"event_payload\":\"\"}]",
                "[{\"imr\":3,\"event_type\":134217729,\"event\":\"a\",\"event_payload\":\"\",\"version\":3}]",
                "[{\"imr\":3,\"event_type\":134217729,\"event\":\"a\",\"event_payload\":\"\","
                        + "\"digest\":\"000000000000000000000000000000000000000000000000"
                        + "000000000000000000000000000000000000000000000000\"}]",
                "[{\"imr\":0,\"event_type\":4,\"event\":\"a\",\"event_payload\":\"\"}]",
                "{}",
                "[1]"
            })
    void aLogThatSaysOneThingTwiceOrInTheWrongPlaceIsRefused(String json) {
        assertThat(DstackLog.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Parsed.Bad.class);
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryFirmwareLogAllocatesInProportion(byte[] input) {
        TcgLog.parse(input, TcgLog.Bank.SHA384)
                .toOptional()
                .ifPresent(
                        log -> {
                            if (log.events().size() > input.length) {
                                throw new AssertionError("more events than bytes");
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryDstackLogReplays(byte[] input) {
        DstackLog.parse(input)
                .toOptional()
                .ifPresent(
                        log -> {
                            if (log.replay(3).size() != 48) {
                                throw new AssertionError("a register of another size");
                            }
                        });
    }
}
