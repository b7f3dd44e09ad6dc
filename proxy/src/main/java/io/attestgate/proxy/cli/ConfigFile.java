package io.attestgate.proxy.cli;

import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.nio.file.Path;

/** Reads the bootstrap file that a command names. */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * The good bootstrap.
     *
     * @throws CommandException with every fault of the file
     */
    public static Bootstrap open(Path file) throws CommandException {
        return switch (parse(file)) {
            case Parsed.Good<Bootstrap> good -> good.value();
            case Parsed.Bad<Bootstrap> bad -> throw new CommandException(bad.faults());
        };
    }

    static Parsed<Bootstrap> parse(Path file) throws CommandException {
        try {
            return Bootstrap.read(file);
        } catch (IOException e) {
            throw Files.unreadable("--config", file, e);
        }
    }
}
