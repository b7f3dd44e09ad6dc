package io.attestgate.attest.dstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Parsed;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each format of MessagePack's specification, and bytes that are of none. */
final class MessagePackTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "00!0",
                "7f!127",
                "ff!-1",
                "e0!-32",
                "c0!null",
                "c2!false",
                "c3!true",
                "cc80!128",
                "cdffff!65535",
                "ceffffffff!4294967295",
                "cf001fffffffffffff!9007199254740991",
                "d080!-128",
                "d18000!-32768",
                "d280000000!-2147483648",
                "d3ffe0000000000001!-9007199254740991",
                "a0!\"\"",
                "a3e282ac!\"€\"",
                "d90161!\"a\"",
                "da000161!\"a\"",
                "db0000000161!\"a\"",
                "c400!\"\"",
                "c402ab01!\"ab01\"",
                "c50001ff!\"ff\"",
                "c600000001ff!\"ff\"",
                "90![]",
                "920102![1,2]",
                "dc000101![1]",
                "dd0000000101![1]",
                "80!{}",
                "81a16101!{\"a\":1}",
                "de0001a16101!{\"a\":1}",
                "df00000001a16190!{\"a\":[]}"
            })
    void aValueIsReadInEachFormat(String hex, String json) {
        assertThat(
                        MessagePack.parse(HexFormat.of().parseHex(hex))
                                .toOptional()
                                .map(CanonicalJson::text))
                .contains(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // Nothing.
                "0000", // More than one value.
                "c1", // Never used.
                "ca00000000", // A float.
                "cb0000000000000000",
                "d40000", // An extension.
                "c70000",
                "cf0020000000000000", // Beyond 2^53 - 1.
                "cfffffffffffffffff",
                "d38000000000000000",
                "cd00", // Cut off.
                "a1",
                "d9",
                "c6ffffffff",
                "dbffffffff00",
                "91",
                "ddffffffff",
                "dfffffffff",
                "81a161",
                "a1ff", // Not UTF-8.
                "810101", // A name that is no text.
                "82a16101a16102" // A name twice.
            })
    void whatIsOfNoFormatIsRefused(String hex) {
        assertThat(MessagePack.parse(HexFormat.of().parseHex(hex))).isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void deepNestingIsRefused() {
        byte[] deep = new byte[100_000];
        java.util.Arrays.fill(deep, (byte) 0x91);

        assertThat(MessagePack.parse(deep)).isInstanceOf(Parsed.Bad.class);
    }

    @FuzzTest(maxDuration = "60s")
    void arbitraryBytesAreJsonOrAFault(byte[] input) {
        MessagePack.parse(input)
                .toOptional()
                .ifPresent(
                        json -> {
                            if (CanonicalJson.write(json).length == 0) {
                                throw new AssertionError("a value of no text");
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryAttestationHasAQuoteOrAFault(byte[] input) {
        try {
            GuestAgent.Quoted quoted = VersionedAttestation.quoted(input);
            if (quoted.log().length < 2) {
                throw new AssertionError("a log that is no array");
            }
        } catch (io.attestgate.verify.evidence.MalformedException refused) {
            if (refused.fault().expected().isEmpty()) {
                throw new AssertionError("a fault without its rule", refused);
            }
        }
    }
}
