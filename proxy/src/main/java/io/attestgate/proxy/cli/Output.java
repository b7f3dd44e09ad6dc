package io.attestgate.proxy.cli;

import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What a command prints: lines of a name and a value for people, or one line of JSON. */
final class Output {
    private static final int NAME_CHARS = 12;

    private final PrintWriter out;

    private Output(PrintWriter out) {
        this.out = out;
    }

    static Output of(CommandSpec spec) {
        return new Output(spec.commandLine().getOut());
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** An aligned line, so that a column of values can be read down. */
    void value(String name, String value) {
        line("  %s %s".formatted(padded(name), value));
    }

    void json(Json json) {
        line(CanonicalJson.text(json));
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(0, NAME_CHARS - name.length()));
    }
}
