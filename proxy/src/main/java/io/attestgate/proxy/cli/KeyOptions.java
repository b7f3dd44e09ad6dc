package io.attestgate.proxy.cli;

import io.attestgate.govern.DevnetKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A key in the open: it belongs to a development chain, where it guards nothing. */
final class KeyOptions {
    private static final int KEY_FILE_BYTES_MAX = 128;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "HEX",
            description = "A devnet key. Whoever lists processes sees it.")
    private @Nullable DevnetKey key;

    @Option(
            names = "--key-file",
            required = true,
            paramLabel = "FILE",
            description = "A file with the hex digits of a devnet key.")
    private @Nullable Path file;

    DevnetKey open() throws CommandException {
        if (key != null) {
            return key;
        }
        if (file == null) {
            throw new AssertionError("--key, --key-file: absent (expected: one of the two)");
        }
        byte[] bytes = Files.read("--key-file", file, KEY_FILE_BYTES_MAX);
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        String rule = Spelling.ruleOf(DevnetKey.class).orElseThrow();
        return DevnetKey.parse(text)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "--key-file: unusable (expected: %s)".formatted(rule)));
    }
}
