package io.attestgate.policy.proof;

import java.math.BigInteger;

/** A field of a structure in RLP. */
final class Field {
    private Field() {}

    /** Bytes of any number. */
    static byte[] bytes(String name, RlpItem item) throws Refused {
        if (item instanceof RlpItem.Bytes(byte[] value)) {
            return value;
        }
        throw new Refused(name, item.kind(), "bytes");
    }

    /** Exactly so many bytes. */
    static byte[] bytes(String name, RlpItem item, int length) throws Refused {
        byte[] value = bytes(name, item);
        if (value.length != length) {
            throw new Refused(name, value.length + " bytes", Integer.toString(length));
        }
        return value;
    }

    /** A number without leading zeros, of at most so many bytes. */
    static BigInteger number(String name, RlpItem item, int sizeBytesMax) throws Refused {
        byte[] value = bytes(name, item);
        if (value.length > sizeBytesMax || (value.length > 0 && value[0] == 0)) {
            throw new Refused(
                    name,
                    value.length + " bytes",
                    "at most " + sizeBytesMax + " without leading zeros");
        }
        return new BigInteger(1, value);
    }
}
