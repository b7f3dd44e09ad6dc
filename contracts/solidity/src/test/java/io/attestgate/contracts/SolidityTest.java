package io.attestgate.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.attestgate.peer.Peer;
import io.attestgate.peer.RequiresPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs what is not Java: the compiler against the committed artifacts, and the forge tests. */
final class SolidityTest {
    private static final Path FOLDER = Peer.root().resolve("contracts/solidity");

    /** A program's exit status and all it wrote. */
    private record Outcome(int status, String output) {}

    @Test
    @RequiresPeer({"node", "solc"})
    void theCommittedArtifactsAreWhatTheSourcesCompileTo() throws Exception {
        assertPasses("build.mjs", "--check");
    }

    @Test
    @RequiresPeer({"node", "solc"})
    void theCommittedVectorsAreWhatTheThirdHandWrites() throws Exception {
        assertPasses("head-vectors.mjs", "--check");
        assertPasses("result-vectors.mjs", "--check");
    }

    @Test
    @RequiresPeer({"node", "solc", "forge"})
    void everyPublicFunctionCostsWhatTheSnapshotSays() throws Exception {
        assertPasses("gas.mjs", "--check");
    }

    @Test
    @RequiresPeer({"node", "solc", "forge"})
    void theForgeTestsPass() throws Exception {
        assertPasses("forge.mjs", "test");
    }

    @Test
    @RequiresPeer({"node", "forge"})
    void theSourcesAreFormatted() throws Exception {
        assertPasses("forge.mjs", "fmt", "--check");
    }

    @Test
    @Tag("long")
    @RequiresPeer({"node", "solc", "forge"})
    void theForgeTestsPassForLong() throws Exception {
        Outcome outcome = run(Map.of("FOUNDRY_PROFILE", "long"), "forge.mjs", "test");
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }

    @BeforeAll
    static void namesWhatIsSkipped() {
        boolean required = System.getProperty("attestgate.peers", "").equals("required");
        assumeTrue(
                required || Files.isDirectory(FOLDER.resolve("node_modules")),
                "SKIPPED, absent peer: solc and forge of package-lock.json (peers/fetch"
                        + " contracts)");
    }

    private static void assertPasses(String script, String... arguments) throws Exception {
        Outcome outcome = run(Map.of(), script, arguments);
        assertThat(outcome.status()).as(outcome.output()).isZero();
    }

    private static Outcome run(Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(
                                Stream.of(Peer.NODE.require().toString(), script),
                                Stream.of(arguments))
                        .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(FOLDER.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        return new Outcome(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    }
}
