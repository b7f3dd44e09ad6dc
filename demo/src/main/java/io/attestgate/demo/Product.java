package io.attestgate.demo;

import io.attestgate.peer.Peer;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The product's command line, run as a person runs it: by the launcher, in a process of its own.
 */
final class Product {
    private static final Duration COMMAND_WAIT_MAX = Duration.ofSeconds(60);
    private static final int ANSWER_BYTES_MAX = 1 << 20;

    /** The product is built, or this would not run: its launcher need not look. */
    static final Map<String, String> ENVIRONMENT = Map.of("ATTESTGATE_BUILT", "yes");

    private Product() {}

    /**
     * How a command ended.
     *
     * @param status its exit status
     * @param output what it wrote to standard output and error
     */
    record Ended(int status, String output) {}

    /** The command line of the launcher with these arguments. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Peer.root().resolve("attestgate").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a command to its end. */
    static Ended run(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectErrorStream(true);
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(COMMAND_WAIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("%s: still running".formatted(List.of(arguments)));
            }
            return new Ended(process.exitValue(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What {@code attestgate measure} says of a bootstrap file, by name. */
    record Measured(Json.Obj names) {

        String value(String name) {
            return text(names, name)
                    .orElseThrow(() -> new IllegalArgumentException(name + " in " + names));
        }

        /** What a registry must allow. */
        Hash32 measurement() {
            return Hash32.parse(value("measurement")).orElseThrow();
        }
    }

    static Measured measured(Path config) throws IOException {
        Ended ended = run("measure", "--config", config.toString(), "--json");
        return JsonReader.parse(ended.output().getBytes(StandardCharsets.UTF_8), ANSWER_BYTES_MAX)
                .toOptional()
                .filter(json -> ended.status() == 0)
                .map(json -> new Measured((Json.Obj) json))
                .orElseThrow(() -> new IOException("measure: " + ended.output()));
    }

    private static Optional<String> text(Json json, String member) {
        return json instanceof Json.Obj object
                        && object.get(member).orElse(null) instanceof Json.Text t
                ? Optional.of(t.value())
                : Optional.empty();
    }
}
