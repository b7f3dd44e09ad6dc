package io.attestgate.verify.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Parsed;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CborTest {
    private static final int SIZE_BYTES_MAX = 1 << 17;

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "18ff, 255",
        "190100, 256",
        "1903e8, 1000",
        "1a00010000, 65536",
        "1a000f4240, 1000000",
        "1b0000000100000000, 4294967296",
        "1b000000e8d4a51000, 1000000000000",
        "1b7fffffffffffffff, 9223372036854775807",
        "20, -1",
        "29, -10",
        "3863, -100",
        "3903e7, -1000",
        "3b7fffffffffffffff, -9223372036854775808",
    })
    void aWholeNumberHasOneSpelling(String hex, long value) {
        assertReadsAndWrites(hex, new Cbor.Int(value));
    }

    /** RFC 8949, Appendix A. */
    @Test
    void theExamplesOfTheStandardAreReadAndWrittenAsTheyAre() {
        assertReadsAndWrites("40", new Cbor.Bytes(Octets.of(new byte[0])));
        assertReadsAndWrites("4401020304", Cbor.Bytes.of(new byte[] {1, 2, 3, 4}));
        assertReadsAndWrites("6449455446", new Cbor.Text("IETF"));
        assertReadsAndWrites("64f0908591", new Cbor.Text("\ud800\udd51"));
        assertReadsAndWrites("80", Cbor.Arr.of());
        assertReadsAndWrites(
                "8301820203820405",
                Cbor.Arr.of(
                        new Cbor.Int(1),
                        Cbor.Arr.of(new Cbor.Int(2), new Cbor.Int(3)),
                        Cbor.Arr.of(new Cbor.Int(4), new Cbor.Int(5))));
        assertReadsAndWrites("a201020304", numbers());
        assertReadsAndWrites(
                "a26161016162820203",
                Cbor.pairs(
                        "a", new Cbor.Int(1), "b", Cbor.Arr.of(new Cbor.Int(2), new Cbor.Int(3))));
        assertReadsAndWrites("c11a514b67b0", new Cbor.Tagged(1, new Cbor.Int(1363896240)));
        assertReadsAndWrites("f4", new Cbor.Bool(false));
        assertReadsAndWrites("f5", new Cbor.Bool(true));
        assertReadsAndWrites("f6", new Cbor.Null());
    }

    private static Cbor numbers() {
        Map<Cbor, Cbor> entries = new LinkedHashMap<>();
        entries.put(new Cbor.Int(1), new Cbor.Int(2));
        entries.put(new Cbor.Int(3), new Cbor.Int(4));
        return new Cbor.Pairs(entries);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource({
        "9fff, 80",
        "9f018202039f0405ffff, 8301820203820405",
        "83018202039f0405ff, 8301820203820405",
        "bfff, a0",
        "bf61610161629f0203ffff, a26161016162820203",
    })
    void arraysAndMapsMayEndInABreakAndAreWrittenWithTheirLength(String hex, String definite) {
        assertThat(CborWriter.write(read(hex).toOptional().orElseThrow()))
                .isEqualTo(HexFormat.of().parseHex(definite));
    }

    /** RFC 8949, Appendix F, and what this reader decided. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "1900",
                "1b00000000000000",
                "1c",
                "1d",
                "1e",
                "1f",
                "3f",
                "41",
                "5affffffff00",
                "5bffffffffffffffff010203",
                "7b7fffffffffffffff010203",
                "8181818181818181",
                "81",
                "8200",
                "9a01ffffff00",
                "9bffffffffffffffff",
                "9f",
                "9f01",
                "a1",
                "a20102",
                "a100",
                "bf",
                "bf01",
                "bf01ff",
                "bf0102",
                "c0",
                "dc00",
                "ff",
                "81ff",
                "a1ff00",
                "a100ff",
                "0000",
                // Longer forms than needed.
                "1817",
                "1900ff",
                "1a0000ffff",
                "1b00000000ffffffff",
                "580100",
                "780161",
                "980100",
                "b8010000",
                "d81200",
                // Numbers that no long holds.
                "1b8000000000000000",
                "3b8000000000000000",
                // Strings in chunks.
                "5f42010243030405ff",
                "7f657374726561646d696e67ff",
                "5fff",
                // Keys twice, and keys that are neither number nor text.
                "a201020103",
                "bf616100616101ff",
                "a1400a",
                "a1800a",
                "a1f60a",
                // Text that is no UTF-8.
                "61ff",
                "62c080",
                "63eda080",
                // Floats, undefined, simple values.
                "f7",
                "f0",
                "f8ff",
                "f814",
                "f97e00",
                "fa47c35000",
                "fb3ff199999999999a",
            })
    void whatIsNotOneItemInItsOneSpellingIsRefused(String hex) {
        assertThat(read(hex)).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void levelsAreCounted() {
        assertThat(read("81".repeat(CborReader.DEPTH_MAX) + "00")).isInstanceOf(Parsed.Good.class);
        assertThat(read("81".repeat(CborReader.DEPTH_MAX + 1) + "00"))
                .isInstanceOf(Parsed.Bad.class);
        assertThat(read("c1".repeat(CborReader.DEPTH_MAX + 1) + "00"))
                .isInstanceOf(Parsed.Bad.class);
        assertThat(read("9f".repeat(CborReader.ITEMS_MAX))).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void itemsAndPairsAreCounted() {
        String full = "9f" + "00".repeat(CborReader.ITEMS_MAX - 1) + "ff";
        assertThat(read(full)).isInstanceOf(Parsed.Good.class);
        assertThat(read("9f" + "00".repeat(CborReader.ITEMS_MAX) + "ff"))
                .isInstanceOf(Parsed.Bad.class);
        StringBuilder pairs = new StringBuilder("bf");
        for (int i = 0; i < CborReader.PAIRS_MAX; i++) {
            pairs.append("%s00".formatted(hex(new Cbor.Int(i))));
        }
        assertThat(read(pairs + "ff")).isInstanceOf(Parsed.Good.class);
        assertThat(read(pairs + hex(new Cbor.Int(-1)) + "00ff")).isInstanceOf(Parsed.Bad.class);
    }

    /** A message is read by people: a key of a kilobyte, or with line ends, is not in it. */
    @Test
    void aKeyThatIsThereTwiceIsNotRepeatedInTheMessage() {
        String key = hex(new Cbor.Text("\n" + "x".repeat(900)));
        Parsed<Cbor> read = read("a2" + key + "00" + key + "00");

        assertThat(read.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.found()).hasSizeLessThan(64));
    }

    @Test
    void sizeIsHeldAgainstTheReadersLimit() {
        assertThat(CborReader.parse(new byte[] {0x41, 0}, 2)).isInstanceOf(Parsed.Good.class);
        assertThat(CborReader.parse(new byte[] {0x42, 0, 0}, 2)).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void membersAreFoundByTheirKey() {
        Cbor.Pairs map = Cbor.pairs("a", new Cbor.Null(), "b", new Cbor.Arr(List.of()));
        assertThat(map.get("a")).contains(new Cbor.Null());
        assertThat(map.get("c")).isEmpty();
        assertThat(((Cbor.Pairs) numbers()).get(3)).contains(new Cbor.Int(4));
    }

    private static String hex(Cbor item) {
        return HexFormat.of().formatHex(CborWriter.write(item));
    }

    private static Parsed<Cbor> read(String hex) {
        return CborReader.parse(HexFormat.of().parseHex(hex), SIZE_BYTES_MAX);
    }

    private static void assertReadsAndWrites(String hex, Cbor item) {
        assertThat(read(hex).toOptional()).contains(item);
        assertThat(hex(item)).isEqualTo(hex);
    }
}
