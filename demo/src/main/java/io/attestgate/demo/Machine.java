package io.attestgate.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the demo's gateway runs on: how its bootstrap file, the policy and who reads its evidence
 * name it.
 */
sealed interface Machine extends AutoCloseable permits Machine.Simulated, SoftwareTpm {

    /** The machines that there are to choose from. */
    enum Choice {
        SIMULATED("simulated"),
        TPM("tpm");

        private final String word;

        Choice(String word) {
            this.word = word;
        }

        static Optional<Choice> parse(String word) {
            return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
        }

        /** Starts what there is to start, with its files in that folder. */
        Machine start(Path folder) throws IOException {
            return switch (this) {
                case SIMULATED -> new Simulated();
                case TPM -> SoftwareTpm.start(folder);
            };
        }
    }

    /** Which one, as {@code --platform} and the bootstrap file spell it. */
    String platform();

    /** The lines of the bootstrap file that choose it. */
    String yaml();

    /** In what its evidence ends, as documents name it. */
    String root(Product.Measured measured);

    /** What makes {@code attestgate verify} accept its evidence. */
    List<String> accepting(Product.Measured measured) throws IOException;

    /** What makes it accept that of others alone; for whom the contract tells, nothing does. */
    List<String> acceptingOthers(Product.Measured measured) throws IOException;

    @Override
    void close();

    /** No hardware at all: everybody can make its evidence. */
    record Simulated() implements Machine {
        @Override
        public String platform() {
            return Choice.SIMULATED.word;
        }

        @Override
        public String yaml() {
            return """
            platform: simulated
            lesserPlatform: accepted     # whatever this machine has
            """;
        }

        @Override
        public String root(Product.Measured measured) {
            return "development";
        }

        @Override
        public List<String> accepting(Product.Measured measured) {
            return List.of("--allow-simulated");
        }

        @Override
        public List<String> acceptingOthers(Product.Measured measured) {
            return accepting(measured);
        }

        @Override
        public void close() {}
    }
}
