package io.attestgate.proxy.http;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated lists of tokens (RFC 9110 §5.6.1). */
final class Tokens {
    private Tokens() {}

    static boolean contains(AsciiString list, AsciiString token) {
        if (list.contentEqualsIgnoreCase(token)) {
            return true;
        }
        return list.indexOf(',', 0) >= 0
                && split(list).stream().anyMatch(each -> each.contentEqualsIgnoreCase(token));
    }

    /** The members as they are spelt; empty ones are left out. */
    static List<AsciiString> split(AsciiString list) {
        List<AsciiString> tokens = new ArrayList<>(4);
        int start = 0;
        while (start <= list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            AsciiString token = list.subSequence(start, end, false).trim();
            if (!token.isEmpty()) {
                tokens.add(token);
            }
            start = end + 1;
        }
        return tokens;
    }
}
