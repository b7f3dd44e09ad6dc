package io.attestgate.proxy.bootstrap;

import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files to judge: the example of the documentation, and small ones that end the same way. */
final class BootstrapFiles {
    private BootstrapFiles() {}

    static Path example() {
        String root = System.getProperty("attestgate.root", "..");
        return Path.of(root, "docs", "examples", "attestgate.yaml");
    }

    static Path exampleForMainnet() {
        return example().resolveSibling("attestgate-both.yaml");
    }

    static String exampleText() {
        try {
            return Files.readString(example());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The example with one text in the place of another, which must be there. */
    static String exampleWith(String found, String replacement) {
        String example = exampleText();
        if (!example.contains(found)) {
            throw new IllegalArgumentException("no such text in the example: " + found);
        }
        return example.replace(found, replacement);
    }

    static Parsed<Bootstrap> parse(String text) {
        return Bootstrap.parse("attestgate.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
