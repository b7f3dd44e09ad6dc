package io.attestgate.proxy.cli;

import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.io.PrintWriter;
import java.util.SortedMap;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** What a command prints: lines of a name and a value for people, or one line of JSON. */
final class Output {
    private static final int NAME_CHARS = 12;

    /** Control and format characters, and those that separate lines (Unicode, 4.5). */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private final PrintWriter out;

    private Output(PrintWriter out) {
        this.out = out;
    }

    static Output of(CommandSpec spec) {
        return new Output(spec.commandLine().getOut());
    }

    void line(String text) {
        print(oneLine(text));
    }

    /**
     * One line, whatever strangers wrote into what it shows: nothing that ends it, moves a
     * terminal's cursor or turns text round.
     */
    static String oneLine(String text) {
        return HIDDEN.matcher(text).replaceAll("?");
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }

    /** An aligned line, so that a column of values can be read down. */
    void value(String name, String value) {
        line("  %s %s".formatted(padded(name, NAME_CHARS), value));
    }

    /** A group of lines below its name, aligned among themselves; nothing for an empty one. */
    void values(String heading, SortedMap<String, String> values) {
        int chars = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        if (chars > 0) {
            line("  " + heading);
        }
        values.forEach((name, value) -> line("    %s  %s".formatted(padded(name, chars), value)));
    }

    void json(Json json) {
        print(CanonicalJson.text(json));
    }

    private static String padded(String name, int chars) {
        return name + " ".repeat(Math.max(0, chars - name.length()));
    }
}
