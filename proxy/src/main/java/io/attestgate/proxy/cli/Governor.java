package io.attestgate.proxy.cli;

import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.PolicyPublisher;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Who sends a change of the policy to a development chain, and where to. */
final class Governor {
    private static final int KEY_FILE_BYTES_MAX = 128;

    @ArgGroup(multiplicity = "1", heading = "Contract:%n")
    private ChainOptions options = new ChainOptions();

    @ArgGroup(multiplicity = "1", heading = "Key of the governor, or of the name's controller:%n")
    private KeyOptions key = new KeyOptions();

    /** A key in the open: it belongs to a development chain, where it guards nothing. */
    static final class KeyOptions {
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

    /** A change, as the publisher makes it. */
    interface Change<T> {
        T by(PolicyPublisher publisher) throws GovernException;
    }

    /** Sends one change and waits until a block has it. */
    <T> T send(Change<T> change) throws CommandException {
        Chain chain = options.chain();
        try {
            return change.by(
                    new PolicyPublisher(
                            chain.access(),
                            chain.pinned().chainId(),
                            chain.pinned().contract(),
                            key.open()));
        } catch (GovernException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }
}
