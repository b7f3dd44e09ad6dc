package io.attestgate.policy.proof;

import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Bytes and numbers as the many endpoints spell them: upper case here, padded there. Only for what
 * a hash decides afterwards.
 */
final class Hexadecimal {
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,64}");
    private static final int WORD_DIGITS = 64;

    private Hexadecimal() {}

    static byte[] bytes(String name, Json json) throws Refused {
        String text = text(name, json);
        return Hex.parse(text.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> Refused.quoted(name, text, "bytes in hex"));
    }

    static byte[] bytes(String name, Json json, int length) throws Refused {
        byte[] bytes = bytes(name, json);
        if (bytes.length != length) {
            throw new Refused(name, bytes.length + " bytes", Integer.toString(length));
        }
        return bytes;
    }

    /** A number of up to 256 bits with zeros before it or without, as 32 bytes. */
    static byte[] word(String name, Json json) throws Refused {
        String text = text(name, json);
        if (!NUMBER.matcher(text).matches()) {
            throw Refused.quoted(name, text, "a number of 256 bits in hex");
        }
        String digits = text.substring(2).toLowerCase(Locale.ROOT);
        return Hex.parse("0x" + "0".repeat(WORD_DIGITS - digits.length()) + digits).orElseThrow();
    }

    private static String text(String name, Json json) throws Refused {
        if (json instanceof Json.Text(String value)) {
            return value;
        }
        throw new Refused(name, json.kind(), "a string");
    }
}
