package io.attestgate.proxy.http;

import java.util.Optional;

/** Reads the head of an HTTP/1.1 answer (RFC 9112 §4), as strictly as we read requests. */
public final class Http1ResponseParser {
    private static final byte[] HTTP_1 = {'H', 'T', 'T', 'P', '/', '1', '.'};
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private Http1ResponseParser() {}

    /** What reading gave. */
    public sealed interface Read {

        /**
         * @param keepsAlive whether the connection may be used again after it
         */
        record Good(ResponseHead head, BodyReader body, boolean keepsAlive) implements Read {}

        record Malformed(String why) implements Read {}
    }

    /**
     * Reads {@code bytes}, a whole head with its empty line.
     *
     * @param toHead whether it answers HEAD
     */
    public static Read parse(byte[] bytes, boolean toHead) {
        int status = status(bytes);
        if (status < 0) {
            return new Read.Malformed("the status line is not: HTTP/1.1, status, reason");
        }
        int reason = STATUS_AT + 3;
        while (Grammar.isFieldValue(bytes[reason])) {
            reason++;
        }
        if (bytes[reason] != '\r' || bytes[reason + 1] != '\n') {
            return new Read.Malformed("the reason has a control character");
        }
        Headers headers = new Headers();
        Optional<String> fault = FieldLines.parse(bytes, reason + 2, headers);
        if (fault.isPresent()) {
            return new Read.Malformed(fault.get());
        }
        boolean keepsAlive =
                bytes[HTTP_1.length] == '1' && !headers.lists(Names.CONNECTION, Values.CLOSE);
        return switch (Framing.ofResponse(status, toHead, headers)) {
            case Framing.Refused(int ours, String why) -> new Read.Malformed(why);
            case Framing.Body(BodyLength length, BodyReader body) -> {
                headers.removeIf((name, value) -> Framing.isFraming(name));
                yield new Read.Good(
                        new ResponseHead(status, headers, length),
                        body,
                        keepsAlive && !(body instanceof BodyReader.UntilClose));
            }
        };
    }

    private static int status(byte[] bytes) {
        if (bytes.length < STATUS_AT + 3 + 4) {
            return -1;
        }
        for (int i = 0; i < HTTP_1.length; i++) {
            if (bytes[i] != HTTP_1[i]) {
                return -1;
            }
        }
        int minor = bytes[HTTP_1.length] - '0';
        int hundreds = bytes[STATUS_AT] - '0';
        int tens = bytes[STATUS_AT + 1] - '0';
        int ones = bytes[STATUS_AT + 2] - '0';
        boolean isStatus =
                (minor == 0 || minor == 1)
                        && bytes[STATUS_AT - 1] == ' '
                        && hundreds >= 1
                        && hundreds <= 5
                        && isDigit(tens)
                        && isDigit(ones);
        return isStatus ? 100 * hundreds + 10 * tens + ones : -1;
    }

    private static boolean isDigit(int value) {
        return value >= 0 && value <= 9;
    }
}
