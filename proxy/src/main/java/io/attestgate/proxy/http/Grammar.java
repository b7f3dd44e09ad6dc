package io.attestgate.proxy.http;

import io.netty.util.AsciiString;

/** The character classes of RFC 9110 §5 and RFC 3986, as tables. */
final class Grammar {
    private static final boolean[] TOKEN = new boolean[256];
    private static final boolean[] FIELD_VALUE = new boolean[256];
    private static final boolean[] TARGET = new boolean[256];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[Character.toUpperCase(c)] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            TOKEN[c] = true;
        }
        for (int c = 0x21; c < 0x7f; c++) {
            FIELD_VALUE[c] = true;
            TARGET[c] = c != '#';
        }
        for (int c = 0x80; c < 0x100; c++) {
            FIELD_VALUE[c] = true;
        }
        FIELD_VALUE[' '] = true;
        FIELD_VALUE['\t'] = true;
    }

    private Grammar() {}

    /** RFC 9110 §5.6.2. */
    static boolean isToken(byte c) {
        return TOKEN[c & 0xff];
    }

    static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e || !TOKEN[text.charAt(i)]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** RFC 9110 §5.5: visible, space, tab, and what is not ASCII. */
    static boolean isFieldValue(byte c) {
        return FIELD_VALUE[c & 0xff];
    }

    static boolean isFieldValue(AsciiString value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isFieldValue(value.byteAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Path and query: visible ASCII, and no fragment (RFC 9112 §3.2). */
    static boolean isTarget(AsciiString target) {
        for (int i = 0; i < target.length(); i++) {
            if (!TARGET[target.byteAt(i) & 0xff]) {
                return false;
            }
        }
        return !target.isEmpty();
    }
}
