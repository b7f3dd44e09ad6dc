package io.attestgate.verify.x509;

import io.attestgate.verify.evidence.MalformedException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads DER (X.690) values one after the other: definite lengths of their shortest form and
 * single-byte tags, which is all that certificates' extensions have. One thread.
 */
public final class Der {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int OCTET_STRING = 0x04;
    public static final int OID = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int SEQUENCE = 0x30;

    private static final int LENGTH_BYTES_MAX = 3;

    private final byte[] bytes;
    private final int end;
    private int at;

    private Der(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Reads these bytes, which nobody may change meanwhile. */
    public static Der of(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    public boolean hasNext() {
        return at < end;
    }

    /** The tag of the next value. */
    public int peekTag() throws MalformedException {
        if (!hasNext()) {
            throw malformed("another value");
        }
        return Byte.toUnsignedInt(bytes[at]);
    }

    /** Steps into the next value, which must be constructed of that tag. */
    public Der enter(int tag) throws MalformedException {
        int contentEnd = head(tag);
        Der content = new Der(bytes, at, contentEnd);
        at = contentEnd;
        return content;
    }

    /** A copy of the next value's content. */
    public byte[] content(int tag) throws MalformedException {
        int contentEnd = head(tag);
        byte[] content = Arrays.copyOfRange(bytes, at, contentEnd);
        at = contentEnd;
        return content;
    }

    /** A copy of the whole next value, tag and length included. */
    public byte[] value(int tag) throws MalformedException {
        int from = at;
        int contentEnd = head(tag);
        at = contentEnd;
        return Arrays.copyOfRange(bytes, from, contentEnd);
    }

    /** An INTEGER within {@code 0} to {@code max}. */
    public int integer(int max) throws MalformedException {
        byte[] content = content(INTEGER);
        BigInteger value = content.length == 0 ? BigInteger.ONE.negate() : new BigInteger(content);
        if (value.signum() < 0 || value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw malformed("an integer of 0 to " + max);
        }
        return value.intValue();
    }

    /** Passes over a value of that tag, whatever is in it. */
    public void skip(int tag) throws MalformedException {
        at = head(tag);
    }

    /** Nothing may be left. */
    public void finish() throws MalformedException {
        if (hasNext()) {
            throw malformed("no further value");
        }
    }

    /** Takes tag and length; returns where the content ends, with {@code at} where it begins. */
    private int head(int tag) throws MalformedException {
        if (peekTag() != tag) {
            throw malformed("a value of tag 0x%02x".formatted(tag));
        }
        at++;
        int first = next();
        int length = first < 0x80 ? first : longLength(first & 0x7f);
        if (length > end - at) {
            throw malformed("a value that ends within what holds it");
        }
        return at + length;
    }

    private int longLength(int lengthBytes) throws MalformedException {
        if (lengthBytes < 1 || lengthBytes > LENGTH_BYTES_MAX) {
            throw malformed("a definite length below 16 MiB");
        }
        int length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = (length << 8) | next();
        }
        if (length < 0x80 || length < 1 << (8 * (lengthBytes - 1))) {
            throw malformed("a length in its shortest form");
        }
        return length;
    }

    private int next() throws MalformedException {
        if (!hasNext()) {
            throw malformed("a length");
        }
        return Byte.toUnsignedInt(bytes[at++]);
    }

    private MalformedException malformed(String expected) {
        return new MalformedException("der at byte " + at, "something else", expected);
    }
}
