package io.attestgate.govern;

import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/**
 * What an OpenZeppelin Governor votes on: calls that are executed together, and why.
 *
 * <p>Its id follows from it, so whoever knows the calls and the description can queue and execute
 * it.
 *
 * @param calls 1 to 16, in the order of execution
 * @param description for voters; a part of the id
 */
public record Proposal(List<ProposedCall> calls, String description) {
    /** More than a person can judge in one vote. */
    public static final int CALLS_MAX = 16;

    /**
     * What one transaction can execute: a largest document and as much again. One transaction has
     * 2^24 gas (EIP-7825).
     */
    public static final int DATA_BYTES_MAX = 40_000;

    private static final String ARGUMENTS = "(address[],uint256[],bytes[],bytes32)";

    /** What a proposal costs beside its calls and their bytes. */
    private static final long GAS = 1_000_000;

    private static final long GAS_PER_CALL = 500_000;

    /** Calldata, an event with the bytes, and where a call stores them the deposit for code. */
    private static final long GAS_PER_BYTE = 330;

    public Proposal {
        calls = List.copyOf(calls);
        int bytes = calls.stream().mapToInt(ProposedCall::sizeBytes).sum();
        if (calls.isEmpty() || calls.size() > CALLS_MAX || bytes > DATA_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "proposal: %d calls of %d bytes (expected: 1 to %d, of at most %d bytes)"
                            .formatted(calls.size(), bytes, CALLS_MAX, DATA_BYTES_MAX));
        }
    }

    /** The id that every OpenZeppelin Governor gives it, as 32 bytes. */
    public Hash32 id() {
        return Hash32.of(Digests.keccak256(arguments().bytes32(descriptionHash()).encode()));
    }

    /** keccak256 of the description, which stands for it after the proposal was made. */
    public Hash32 descriptionHash() {
        return Hash32.of(Digests.keccak256(description.getBytes(StandardCharsets.UTF_8)));
    }

    /** Makes the proposal, as a call to the governor by an account with enough votes. */
    public ProposedCall proposeOn(Address governor) {
        return new ProposedCall(governor, propose().data());
    }

    /** Schedules the calls on a timelock, as a call by an account that may propose there. */
    public ProposedCall scheduleOn(Address timelock, long delaySeconds) {
        AbiEncoder scheduled =
                arguments().bytes32(Hash32.ZERO).bytes32(descriptionHash()).uint(delaySeconds);
        String signature = "scheduleBatch(address[],uint256[],bytes[],bytes32,bytes32,uint256)";
        return new ProposedCall(timelock, Call.of(signature, scheduled).data());
    }

    /** Executes on a timelock what was scheduled there and is due, as a call by anyone. */
    public ProposedCall executeOn(Address timelock) {
        AbiEncoder due = arguments().bytes32(Hash32.ZERO).bytes32(descriptionHash());
        String signature = "executeBatch(address[],uint256[],bytes[],bytes32,bytes32)";
        return new ProposedCall(timelock, Call.of(signature, due).data());
    }

    Call propose() {
        return call("propose(address[],uint256[],bytes[],string)", arguments().string(description));
    }

    Call queue() {
        return call("queue" + ARGUMENTS, arguments().bytes32(descriptionHash()));
    }

    Call execute() {
        return call("execute" + ARGUMENTS, arguments().bytes32(descriptionHash()));
    }

    /** Enough gas for any of a proposal's transactions, the calls themselves included. */
    long gas() {
        int bytes = calls.stream().mapToInt(ProposedCall::sizeBytes).sum();
        return GAS + calls.size() * GAS_PER_CALL + bytes * GAS_PER_BYTE;
    }

    private Call call(String signature, AbiEncoder encoded) {
        return new Call(Call.of(signature, encoded).data(), gas());
    }

    private AbiEncoder arguments() {
        return new AbiEncoder()
                .addresses(calls.stream().map(ProposedCall::target).toList())
                .uints(Collections.nCopies(calls.size(), BigInteger.ZERO))
                .byteStrings(
                        calls.stream().map(call -> Hex.parse(call.data()).orElseThrow()).toList());
    }
}
