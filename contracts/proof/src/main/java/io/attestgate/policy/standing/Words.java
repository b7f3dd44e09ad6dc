package io.attestgate.policy.standing;

import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.util.Arrays;

/** How solc packs numbers into a word. */
final class Words {
    private Words() {}

    /** A uint64 at its place within a word; less than 2^63, as every block and every time is. */
    static long uint64(Hash32 word, StorageSlot at) throws PolicyReadException {
        byte[] bytes = word.bytes();
        int end = bytes.length - at.offsetBytes();
        long value = new BigInteger(Arrays.copyOfRange(bytes, end - Long.BYTES, end)).longValue();
        if (value < 0) {
            throw contradiction(at.type(), Long.toUnsignedString(value), "less than 2^63");
        }
        return value;
    }

    static PolicyReadException contradiction(String name, String found, String expected) {
        return new PolicyReadException(
                Failure.CONTRADICTORY_STATE, Fault.quoted(name, found, expected).toString());
    }
}
