package io.attestgate.policy.read;

import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;

/**
 * The hash that commits to every change of the contract's state, in order; docs/head.md.
 *
 * @param chainId EIP-155
 * @param contract whose changes they are
 */
public record HeadChain(long chainId, Address contract) {
    private static final Hash32 TYPE =
            Hash32.of(Digests.keccak256("attestgate/head/v1".getBytes(StandardCharsets.US_ASCII)));

    /** The head before the first change. */
    public static final Hash32 ORIGIN = Hash32.ZERO;

    /**
     * One change.
     *
     * @param n its number, 1 for the first
     * @param op what it did, by the table of docs/head.md
     * @param nameHash keccak256 of the name, or zero where it is about none
     * @param value {@code abi.encode} of the new values
     * @param actor who made it
     */
    @SuppressWarnings("ArrayRecordComponent") // Hashed at once, never compared.
    public record Change(long n, int op, Hash32 nameHash, byte[] value, Address actor) {}

    /** The head after {@code change}, made upon {@code before}. */
    public Hash32 next(Hash32 before, Change change) {
        byte[] encoded =
                new AbiEncoder()
                        .bytes32(TYPE)
                        .uint(chainId)
                        .address(contract)
                        .uint(change.n())
                        .bytes32(before)
                        .uint(change.op())
                        .bytes32(change.nameHash())
                        .bytes32(Hash32.of(Digests.keccak256(change.value())))
                        .address(change.actor())
                        .encode();
        return Hash32.of(Digests.keccak256(encoded));
    }
}
