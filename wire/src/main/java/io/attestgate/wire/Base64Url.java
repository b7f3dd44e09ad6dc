package io.attestgate.wire;

import java.util.Base64;
import java.util.Optional;

/** Bytes as base64url without padding (RFC 4648 §5), in their one spelling. */
public final class Base64Url {
    private Base64Url() {}

    public static String write(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads the one unpadded spelling with zero trailing bits; empty for any other text. */
    public static Optional<byte[]> parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
                return Optional.empty();
            }
        }
        if (text.length() % 4 == 1) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        return write(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
    }
}
