package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.AbiReader.Malformed;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A function call, read back from its data by a contract's ABI.
 *
 * @param function its name, such as {@code publish}
 * @param arguments in order
 */
public record DecodedCall(String function, List<Argument> arguments) {
    private static final int SELECTOR_BYTES = 4;
    private static final int SHOWN_CHARS_MAX = 128;

    public DecodedCall {
        arguments = List.copyOf(arguments);
    }

    /**
     * One argument.
     *
     * @param name as the source names it
     * @param value of a type that policies have; others are not read
     */
    public record Argument(String name, Value value) {}

    /** The value of an argument. */
    public sealed interface Value {
        /** A {@code string}. */
        record Text(String value) implements Value {
            @Override
            public String toString() {
                return '"' + readable(value) + '"';
            }
        }

        /** {@code bytes}. */
        record Bytes(Hash32 keccak256, int length, String hex) implements Value {
            /** The very bytes. */
            public byte[] content() {
                return Hex.parse(hex).orElseThrow();
            }

            @Override
            public String toString() {
                return "%d bytes of hash %s".formatted(length, keccak256);
            }
        }

        /** An {@code address}. */
        record Account(Address value) implements Value {
            @Override
            public String toString() {
                return value.toString();
            }
        }

        /** A {@code bytes32}. */
        record Word(Hash32 value) implements Value {
            @Override
            public String toString() {
                return value.toString();
            }
        }

        /** A {@code uint} of any size. */
        record Quantity(BigInteger value) implements Value {
            @Override
            public String toString() {
                return value.toString();
            }
        }
    }

    /**
     * Reads the data of a call to that contract.
     *
     * @return empty if it is no call of a function of the contract, or not in the one encoding that
     *     its arguments have; such data may still do something
     */
    public static Optional<DecodedCall> of(ContractArtifact contract, byte[] data) {
        return contract.abi().elements().stream()
                .map(Json.Obj.class::cast)
                .filter(described -> text(described, "type").equals("function"))
                .filter(function -> hasSelectorOf(function, data))
                .findFirst()
                .flatMap(function -> read(function, data));
    }

    /** The text of the argument of that name; empty if there is none, or no text. */
    public Optional<String> text(String name) {
        return value(name).map(value -> value instanceof Value.Text text ? text.value() : null);
    }

    /** The bytes of the argument of that name; empty if there is none, or no bytes. */
    public Optional<byte[]> bytes(String name) {
        return value(name)
                .map(value -> value instanceof Value.Bytes bytes ? bytes.content() : null);
    }

    private Optional<Value> value(String name) {
        return arguments.stream()
                .filter(argument -> argument.name().equals(name))
                .map(Argument::value)
                .findFirst();
    }

    private static Optional<DecodedCall> read(Json.Obj function, byte[] data) {
        AbiReader tuple = AbiReader.of(Arrays.copyOfRange(data, SELECTOR_BYTES, data.length));
        List<Json.Obj> inputs = inputs(function);
        List<Argument> arguments = new ArrayList<>();
        try {
            for (int i = 0; i < inputs.size(); i++) {
                Value value = value(text(inputs.get(i), "type"), tuple, i);
                arguments.add(new Argument(text(inputs.get(i), "name"), value));
            }
        } catch (Malformed e) {
            return Optional.empty();
        }
        byte[] again = encoded(arguments);
        return Arrays.equals(again, 0, again.length, data, SELECTOR_BYTES, data.length)
                ? Optional.of(new DecodedCall(text(function, "name"), arguments))
                : Optional.empty();
    }

    private static Value value(String type, AbiReader tuple, int index) throws Malformed {
        if (type.equals("string")) {
            return new Value.Text(new String(tuple.bytes(index), StandardCharsets.UTF_8));
        }
        if (type.equals("bytes")) {
            byte[] content = tuple.bytes(index);
            return new Value.Bytes(
                    Hash32.of(Digests.keccak256(content)), content.length, Hex.write(content));
        }
        if (type.equals("address")) {
            return new Value.Account(tuple.address(index));
        }
        if (type.equals("bytes32")) {
            return new Value.Word(tuple.word(index));
        }
        if (type.matches("uint[0-9]{1,3}")) {
            return new Value.Quantity(tuple.uint(index));
        }
        throw new Malformed("type: %s (expected: one that is shown)".formatted(type));
    }

    private static byte[] encoded(List<Argument> arguments) {
        AbiEncoder encoder = new AbiEncoder();
        for (Argument argument : arguments) {
            encoder =
                    switch (argument.value()) {
                        case Value.Text text -> encoder.string(text.value());
                        case Value.Bytes bytes -> encoder.bytes(bytes.content());
                        case Value.Account account -> encoder.address(account.value());
                        case Value.Word word -> encoder.bytes32(word.value());
                        case Value.Quantity quantity -> encoder.uint(quantity.value());
                    };
        }
        return encoder.encode();
    }

    private static boolean hasSelectorOf(Json.Obj function, byte[] data) {
        String signature =
                inputs(function).stream()
                        .map(input -> text(input, "type"))
                        .collect(Collectors.joining(",", text(function, "name") + "(", ")"));
        byte[] hash = Digests.keccak256(signature.getBytes(StandardCharsets.US_ASCII));
        return data.length >= SELECTOR_BYTES
                && Arrays.equals(hash, 0, SELECTOR_BYTES, data, 0, SELECTOR_BYTES);
    }

    private static List<Json.Obj> inputs(Json.Obj function) {
        return ((Json.Arr) function.get("inputs").orElseThrow())
                .elements().stream().map(Json.Obj.class::cast).toList();
    }

    private static String text(Json.Obj object, String member) {
        return Endpoint.text(object, member).orElse("");
    }

    private static String readable(String text) {
        return text.codePoints()
                .limit(SHOWN_CHARS_MAX)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** {@code withdraw(name: "app.example")}. */
    @Override
    public String toString() {
        return arguments.stream()
                .map(argument -> argument.name() + ": " + argument.value())
                .collect(Collectors.joining(", ", function + "(", ")"));
    }
}
