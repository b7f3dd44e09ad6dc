package io.attestgate.verify.claims;

import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * What an enclave says to the registry on chain, as {@code abi.encode} of ten words.
 *
 * @param chainId of EIP-155, at most 2^256 - 1
 * @param registry the contract that is to register the signer
 * @param signer the account whose signature will be on answers
 * @param measurement as the registry is to hold it against its allow list
 * @param instance the zero word on the wire when empty
 * @param block the number of a recent block
 * @param blockHash that block's hash
 * @param notAfter the lease's end, in whole seconds
 * @param nonce the registrar's
 */
public record RegistrationClaims(
        BigInteger chainId,
        Address registry,
        Address signer,
        Hash32 measurement,
        Optional<Hash32> instance,
        long block,
        Hash32 blockHash,
        Instant notAfter,
        Hash32 nonce)
        implements Claims {
    static final Hash32 TYPE =
            Hash32.of(
                    Digests.keccak256(
                            "attestgate/registration/v1".getBytes(StandardCharsets.UTF_8)));
    private static final int WORD_BYTES = 32;
    private static final int WORDS = 10;

    public RegistrationClaims {
        notAfter = Seconds.required("notAfter", notAfter);
        if (chainId.signum() < 0 || chainId.bitLength() > 256 || block < 0) {
            throw new IllegalArgumentException(
                    "chainId, block: %s, %d (expected: not negative)".formatted(chainId, block));
        }
        if (instance.filter(Hash32::isZero).isPresent()) {
            throw new IllegalArgumentException("instance: zero (expected: empty instead)");
        }
    }

    /** Reads exactly ten words, each in its one form. */
    public static Parsed<RegistrationClaims> parse(byte[] abi) {
        if (abi.length != WORDS * WORD_BYTES) {
            return Parsed.bad(new Fault("claims", abi.length + " bytes", "ten words: 320 bytes"));
        }
        if (!hash(abi, 0).equals(TYPE)) {
            return Parsed.bad(new Fault("claims[0]", hash(abi, 0).toString(), TYPE.toString()));
        }
        return narrow(abi, 2, 20)
                .or(() -> narrow(abi, 3, 20))
                .or(() -> narrow(abi, 6, 8))
                .or(() -> narrow(abi, 8, 8))
                .or(() -> tooLarge(abi, 6, BigInteger.valueOf(Long.MAX_VALUE)))
                .or(() -> tooLarge(abi, 8, Seconds.LAST_EPOCH_SECOND))
                .<Parsed<RegistrationClaims>>map(Parsed::bad)
                .orElseGet(() -> Parsed.good(read(abi)));
    }

    private static RegistrationClaims read(byte[] abi) {
        return new RegistrationClaims(
                number(abi, 1),
                address(abi, 2),
                address(abi, 3),
                hash(abi, 4),
                Optional.of(hash(abi, 5)).filter(hash -> !hash.isZero()),
                number(abi, 6).longValueExact(),
                hash(abi, 7),
                Instant.ofEpochSecond(number(abi, 8).longValueExact()),
                hash(abi, 9));
    }

    @Override
    public Role role() {
        return Role.REGISTRATION;
    }

    @Override
    public byte[] toBytes() {
        return new AbiEncoder()
                .bytes32(TYPE)
                .uint(chainId)
                .address(registry)
                .address(signer)
                .bytes32(measurement)
                .bytes32(instance.orElse(Hash32.ZERO))
                .uint(block)
                .bytes32(blockHash)
                .uint(notAfter.getEpochSecond())
                .bytes32(nonce)
                .encode();
    }

    /** A fault if the word's upper bytes, outside its type, are not zero. */
    private static Optional<Fault> narrow(byte[] abi, int index, int sizeBytes) {
        byte[] word = word(abi, index);
        byte[] upper = Arrays.copyOf(word, WORD_BYTES - sizeBytes);
        return Arrays.equals(upper, new byte[upper.length])
                ? Optional.empty()
                : Optional.of(
                        new Fault(
                                "claims[" + index + "]",
                                hash(abi, index).toString(),
                                "at most " + sizeBytes + " bytes"));
    }

    private static Optional<Fault> tooLarge(byte[] abi, int index, BigInteger max) {
        BigInteger number = number(abi, index);
        return number.compareTo(max) <= 0
                ? Optional.empty()
                : Optional.of(
                        new Fault("claims[" + index + "]", number.toString(), "at most " + max));
    }

    private static byte[] word(byte[] abi, int index) {
        return Arrays.copyOfRange(abi, index * WORD_BYTES, (index + 1) * WORD_BYTES);
    }

    private static Hash32 hash(byte[] abi, int index) {
        return Hash32.of(word(abi, index));
    }

    private static BigInteger number(byte[] abi, int index) {
        return new BigInteger(1, word(abi, index));
    }

    private static Address address(byte[] abi, int index) {
        byte[] word = word(abi, index);
        return Address.of(Arrays.copyOfRange(word, WORD_BYTES - Address.SIZE_BYTES, WORD_BYTES));
    }
}
