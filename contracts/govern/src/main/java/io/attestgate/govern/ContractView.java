package io.attestgate.govern;

import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the functions of one contract answer on the newest state, as the endpoint says: for people,
 * and for checking one's own deployment. An enclave reads proven slots instead.
 */
final class ContractView {
    private static final int WORD_BYTES = 32;

    /** The Governor's times have 48 bits; seconds of this width are times in Java, too. */
    private static final int SMALL_BITS_MAX = 48;

    /** No text of a contract that is shown is longer. */
    private static final int TEXT_BYTES_MAX = 128;

    private final Endpoint rpc;
    private final Address contract;

    ContractView(Endpoint rpc, Address contract) {
        this.rpc = rpc;
        this.contract = contract;
    }

    Address address(String signature) throws GovernException {
        return address(signature, new AbiEncoder());
    }

    Address address(String signature, AbiEncoder arguments) throws GovernException {
        return Address.of(Arrays.copyOfRange(word(signature, arguments, 0), 12, WORD_BYTES));
    }

    BigInteger number(String signature) throws GovernException {
        return number(signature, new AbiEncoder());
    }

    BigInteger number(String signature, AbiEncoder arguments) throws GovernException {
        return number(signature, arguments, 0);
    }

    /** The answer's word of that number. */
    BigInteger number(String signature, AbiEncoder arguments, int word) throws GovernException {
        return new BigInteger(1, word(signature, arguments, word));
    }

    Hash32 hash(String signature, AbiEncoder arguments) throws GovernException {
        return Hash32.of(word(signature, arguments, 0));
    }

    /** A time or a duration; a wider number is no answer of such a contract. */
    long seconds(String signature) throws GovernException {
        return small(signature, number(signature));
    }

    long small(String signature, BigInteger value) throws GovernException {
        if (value.bitLength() > SMALL_BITS_MAX) {
            throw unexpected(signature, value);
        }
        return value.longValueExact();
    }

    GovernException unexpected(String signature, Object value) {
        return new GovernException(
                Cause.WRONG_CODE,
                "%s of %s: %s (expected: what such a contract answers)"
                        .formatted(signature, contract, value));
    }

    /** The first {@link #TEXT_BYTES_MAX} bytes of a text; empty where the contract has none. */
    Optional<String> text(String signature) throws GovernException {
        Optional<byte[]> answer = rpc.view(contract, Call.of(signature, new AbiEncoder()));
        if (answer.isEmpty() || answer.get().length < 2 * WORD_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = answer.get();
        int available = Math.min(bytes.length - 2 * WORD_BYTES, TEXT_BYTES_MAX);
        BigInteger length = new BigInteger(1, bytes, WORD_BYTES, WORD_BYTES);
        int shown = length.min(BigInteger.valueOf(available)).intValue();
        return Optional.of(new String(bytes, 2 * WORD_BYTES, shown, StandardCharsets.UTF_8));
    }

    /** Whether the contract answers at all: other contracts revert or have no code. */
    boolean answers(String signature, AbiEncoder arguments) throws GovernException {
        return rpc.view(contract, Call.of(signature, arguments))
                .filter(answer -> answer.length >= WORD_BYTES)
                .isPresent();
    }

    private byte[] word(String signature, AbiEncoder arguments, int number) throws GovernException {
        int from = number * WORD_BYTES;
        byte[] answer =
                rpc.view(contract, Call.of(signature, arguments))
                        .filter(bytes -> bytes.length >= from + WORD_BYTES)
                        .orElseThrow(
                                () ->
                                        new GovernException(
                                                Cause.WRONG_CODE,
                                                "%s of %s: absent (expected: an answer)"
                                                        .formatted(signature, contract)));
        return Arrays.copyOfRange(answer, from, from + WORD_BYTES);
    }
}
