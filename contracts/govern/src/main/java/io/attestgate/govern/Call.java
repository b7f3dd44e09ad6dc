package io.attestgate.govern;

import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A function call or a creation, encoded, with the gas it may use.
 *
 * @param data selector and arguments, or init code, in hexadecimal
 * @param gas set by hand: {@code eth_estimateGas} is wrong for code that bears being starved
 */
record Call(String data, long gas) {
    private static final int SELECTOR_BYTES = 4;

    /** Above any call without a document, a name of 127 labels included. */
    private static final long GAS = 1_000_000;

    /** Code deposit (200), calldata (16) and copying, for one byte of a document. */
    private static final long GAS_PER_DOCUMENT_BYTE = 300;

    static Call of(String signature, AbiEncoder arguments) {
        return of(selector(signature), arguments, GAS);
    }

    static Call withDocument(String signature, AbiEncoder arguments, byte[] document) {
        long gas = GAS + GAS_PER_DOCUMENT_BYTE * document.length;
        return of(selector(signature), arguments, gas);
    }

    private static byte[] selector(String signature) {
        byte[] hash = Digests.keccak256(signature.getBytes(StandardCharsets.US_ASCII));
        return Arrays.copyOf(hash, SELECTOR_BYTES);
    }

    /** {@code code} is init code or a selector; the arguments follow it. */
    static Call of(byte[] code, AbiEncoder arguments, long gas) {
        return new Call(Hex.write(code) + Hex.write(arguments.encode()).substring(2), gas);
    }
}
