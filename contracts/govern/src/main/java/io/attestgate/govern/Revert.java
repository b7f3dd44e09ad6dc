package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the EVM returned when a call was reverted, in words.
 *
 * @param error the contract's own error, where the ABI has it
 * @param text one line: the error with its arguments by name, and what the source says it means
 */
record Revert(Optional<String> error, String text) {
    private static final int SELECTOR_BYTES = 4;
    private static final int WORD_BYTES = 32;
    private static final int TEXT_CHARS_MAX = 128;

    /**
     * Reads bytes as an error of these contracts' ABIs, the first that has it; what is none is
     * shown as it is.
     */
    static Revert of(List<ContractArtifact> known, byte[] data) {
        return known.stream()
                .flatMap(contract -> of(contract, data).stream())
                .findFirst()
                .orElseGet(() -> unknown(data));
    }

    private static Optional<Revert> of(ContractArtifact contract, byte[] data) {
        return contract.abi().elements().stream()
                .map(Json.Obj.class::cast)
                .filter(described -> text(described, "type").equals("error"))
                .filter(error -> hasSelectorOf(error, data))
                .findFirst()
                .map(
                        error ->
                                new Revert(
                                        Optional.of(text(error, "name")),
                                        line(contract, error, data)));
    }

    /** A failure of which the endpoint gives no data, in its own words. */
    static Revert without(@Nullable String message) {
        return new Revert(Optional.empty(), message == null ? "without a reason" : message);
    }

    private static Revert unknown(byte[] data) {
        String shown = Hex.write(Arrays.copyOf(data, Math.min(data.length, TEXT_CHARS_MAX / 2)));
        return new Revert(
                Optional.empty(),
                "revert data: %s (expected: an error of the contract's ABI)".formatted(shown));
    }

    private static boolean hasSelectorOf(Json.Obj error, byte[] data) {
        byte[] hash = Digests.keccak256(signature(error).getBytes(StandardCharsets.US_ASCII));
        return data.length >= SELECTOR_BYTES
                && Arrays.equals(hash, 0, SELECTOR_BYTES, data, 0, SELECTOR_BYTES);
    }

    private static String signature(Json.Obj error) {
        List<String> types = inputs(error).stream().map(input -> text(input, "type")).toList();
        return text(error, "name") + "(" + String.join(",", types) + ")";
    }

    private static String line(ContractArtifact contract, Json.Obj error, byte[] data) {
        byte[] words = Arrays.copyOfRange(data, SELECTOR_BYTES, data.length);
        List<String> arguments = new ArrayList<>();
        List<Json.Obj> inputs = inputs(error);
        for (int i = 0; i < inputs.size(); i++) {
            String type = text(inputs.get(i), "type");
            arguments.add(text(inputs.get(i), "name") + ": " + value(type, words, i * WORD_BYTES));
        }
        String meaning = contract.meaningOfError(signature(error)).map(" "::concat).orElse("");
        return "%s(%s)%s".formatted(text(error, "name"), String.join(", ", arguments), meaning);
    }

    /** One argument; the endpoint may be wrong, so nothing is read that is not there. */
    private static String value(String type, byte[] words, int at) {
        if (at + WORD_BYTES > words.length) {
            return "absent";
        }
        BigInteger word = unsigned(words, at);
        return switch (type) {
            case "string" -> '"' + string(words, word) + '"';
            case "address" -> Hex.write(Arrays.copyOfRange(words, at + 12, at + WORD_BYTES));
            case "bytes32" -> Hex.write(Arrays.copyOfRange(words, at, at + WORD_BYTES));
            default -> word.toString();
        };
    }

    private static String string(byte[] words, BigInteger offset) {
        long start =
                Math.min(offset.min(BigInteger.valueOf(words.length)).longValue(), words.length);
        int content = (int) start + WORD_BYTES;
        if (content > words.length) {
            return "";
        }
        int available = Math.min(words.length - content, TEXT_CHARS_MAX);
        int length = unsigned(words, (int) start).min(BigInteger.valueOf(available)).intValue();
        return printable(new String(words, content, length, StandardCharsets.UTF_8));
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static BigInteger unsigned(byte[] words, int at) {
        return new BigInteger(1, words, at, WORD_BYTES);
    }

    private static List<Json.Obj> inputs(Json.Obj error) {
        return ((Json.Arr) error.get("inputs").orElseThrow())
                .elements().stream().map(Json.Obj.class::cast).toList();
    }

    private static String text(Json.Obj object, String member) {
        return Endpoint.text(object, member).orElse("");
    }
}
