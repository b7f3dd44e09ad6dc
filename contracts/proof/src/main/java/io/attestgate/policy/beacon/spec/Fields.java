package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one container, taken one after the other in the order of the specification, so that
 * each container is described once for both of its encodings.
 */
sealed interface Fields permits JsonFields, SszFields {

    /** A {@code uint64}, whose bits are those of the {@code long}. */
    long uint64(String name) throws Malformed;

    /** A {@code uint256}, as its 32 bytes, least significant first. */
    ByteString uint256(String name) throws Malformed;

    /** A vector of so many bytes. */
    ByteString bytes(String name, int sizeBytes) throws Malformed;

    /** A list of at most so many bytes. */
    ByteString list(String name, int sizeBytesMax) throws Malformed;

    /** A vector of vectors of bytes, one after the other. */
    List<ByteString> vectors(String name, int count, int sizeBytes) throws Malformed;

    /** A container inside this one. */
    Fields container(String name, Layout layout) throws Malformed;

    /** Nothing is left. */
    void end() throws Malformed;

    /** Where this container is, for messages. */
    String path();

    /** A slot, which no chain counts to where it could overflow. */
    default long slot(String name) throws Malformed {
        long slot = uint64(name);
        if (slot < 0 || slot > BeaconBlockHeader.SLOT_MAX) {
            throw new Malformed(
                    path() + "." + name, Long.toUnsignedString(slot), "a slot of at most 2^40");
        }
        return slot;
    }

    default Hash32 hash(String name) throws Malformed {
        return Hash32.of(bytes(name, Hash32.SIZE_BYTES).bytes());
    }

    default Address address(String name) throws Malformed {
        return Address.of(bytes(name, Address.SIZE_BYTES).bytes());
    }

    default Branch branch(String name, int generalizedIndex) throws Malformed {
        List<Hash32> siblings = new ArrayList<>();
        for (ByteString sibling :
                vectors(name, Branch.depthOf(generalizedIndex), Hash32.SIZE_BYTES)) {
            siblings.add(Hash32.of(sibling.bytes()));
        }
        return new Branch(siblings);
    }
}
