package io.attestgate.client.chain;

import io.attestgate.contracts.StorageSlot;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.Arrays;

/** One word of a contract's storage, in which solc packs small values from the right. */
record StorageWord(Hash32 word) {

    /** The unsigned 64-bit value that lies there; beyond 2^63 it is as good as never. */
    long uint64(StorageSlot at) {
        byte[] bytes = bytes(at, Long.BYTES);
        long value = 0;
        for (byte b : bytes) {
            value = value << Byte.SIZE | (b & 0xff);
        }
        return value < 0 ? Long.MAX_VALUE : value;
    }

    /** The address that lies there. */
    Address address(StorageSlot at) {
        return Address.of(bytes(at, Address.SIZE_BYTES));
    }

    private byte[] bytes(StorageSlot at, int sizeBytes) {
        int end = Hash32.SIZE_BYTES - at.offsetBytes();
        return Arrays.copyOfRange(word.bytes(), end - sizeBytes, end);
    }
}
