package io.attestgate.govern;

import io.attestgate.wire.Address;

/**
 * One call that a governor decides on: what a proposal executes, or what a Safe is asked to sign.
 * It sends no ether.
 *
 * @param target the contract
 * @param data selector and arguments, {@code 0x} and lower-case hexadecimal
 */
public record ProposedCall(Address target, String data) {
    public ProposedCall {
        if (data.length() % 2 != 0 || !data.matches("0x[0-9a-f]*")) {
            throw new IllegalArgumentException(
                    "data: %s (expected: lower-case hexadecimal bytes)".formatted(data));
        }
    }

    /** How many bytes of data there are. */
    int sizeBytes() {
        return data.length() / 2 - 1;
    }
}
