package io.attestgate.wire;

import java.util.HexFormat;
import java.util.Optional;

/** Bytes as Ethereum writes them: {@code 0x} and two lower-case hexadecimal digits each. */
public final class Hex {
    private Hex() {}

    public static String write(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    /** Reads the one lower-case form with {@code 0x}; empty for any other text. */
    public static Optional<byte[]> parse(String text) {
        if (text.length() % 2 != 0 || !text.startsWith("0x")) {
            return Optional.empty();
        }
        for (int i = 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return Optional.empty();
            }
        }
        return Optional.of(HexFormat.of().parseHex(text, 2, text.length()));
    }
}
