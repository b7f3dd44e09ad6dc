package io.attestgate.verify.nvidia;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A driver's or vBIOS's version: numbers, compared from the first on. */
public record Version(List<Integer> numbers, String text) implements Comparable<Version> {
    private static final Pattern DRIVER = Pattern.compile("[0-9]{1,4}(?:\\.[0-9]{1,4}){1,3}");
    private static final Pattern VBIOS = Pattern.compile("[0-9A-Fa-f]{2}(?:\\.[0-9A-Fa-f]{2}){4}");
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;

    public Version {
        numbers = List.copyOf(numbers);
    }

    /** Two to four decimal numbers: {@code 550.90.07}. */
    public static Optional<Version> driver(String text) {
        return parse(text, DRIVER, DECIMAL);
    }

    /** Five hexadecimal numbers: {@code 96.00.9F.00.01}. */
    public static Optional<Version> vbios(String text) {
        return parse(text, VBIOS, HEXADECIMAL);
    }

    private static Optional<Version> parse(String text, Pattern pattern, int radix) {
        if (!pattern.matcher(text).matches()) {
            return Optional.empty();
        }
        List<Integer> numbers = new ArrayList<>();
        for (String number : text.split("\\.", -1)) {
            numbers.add(Integer.parseInt(number, radix));
        }
        return Optional.of(new Version(numbers, text));
    }

    /** The first number: the branch of a driver. */
    public String branch() {
        return Integer.toString(numbers.getFirst());
    }

    /** A number that is not there is less than any. */
    @Override
    public int compareTo(Version that) {
        for (int i = 0; i < Math.min(numbers.size(), that.numbers.size()); i++) {
            int order = Integer.compare(numbers.get(i), that.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(numbers.size(), that.numbers.size());
    }

    @Override
    public String toString() {
        return text;
    }
}
