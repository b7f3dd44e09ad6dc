package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyDiffCommandTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("attestgate.root", ".."), "docs/examples");
    private static final Path GATEWAY = EXAMPLES.resolve("gateway.json");
    private static final Path DOMAIN = EXAMPLES.resolve("domain.json");

    @TempDir private Path folder = Path.of("");

    @Test
    void aVoterReadsWhatWidensAndWhatNarrows() throws IOException {
        Path newer =
                domain(
                        "new.json",
                        "127.0.0.1:3000\", \"upstreamTls\": \"none-accepted\"}]",
                        "127.0.0.1:4000\", \"upstreamTls\": \"none-accepted\"}],"
                                + " \"retries\": {\"attempts\": 0}");

        Ran ran = diff(DOMAIN, newer, "--gateway", GATEWAY.toString());

        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out())
                .isEqualTo(
                        """
                        app.example.org: changed
                          narrows      $.routes[/].upstreams                    - http://127.0.0.1:3000 (in the clear)
                          widens       $.routes[/].upstreams                    + http://127.0.0.1:4000 (in the clear)
                          narrows      $.routes[/].retries.attempts             1 -> 0
                        1 name: 1 widen, 2 narrow, 0 other
                        """);
    }

    @Test
    void programsReadOneLineOfJson() throws IOException {
        Path newer = domain("new.json", "\"routes\"", "\"hsts\": {\"maxAge\": \"1d\"}, \"routes\"");

        Ran ran = diff(DOMAIN, newer, "--gateway", GATEWAY.toString(), "--json");

        assertThat(ran.out())
                .contains(
                        "{\"after\":\"1d\",\"before\":\"180d\",\"direction\":\"widens\","
                                + "\"path\":\"$.hsts.maxAge\"}",
                        "\"change\":\"changed\"")
                .hasLineCount(1);
    }

    @Test
    void aDocumentThatGatewaysWouldRefuseFails() throws IOException {
        Path wide = domain("wide.json", "acme-v02.api.letsencrypt.org", "other.example");

        Ran ran = diff(DOMAIN, wide, "--gateway", GATEWAY.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).contains("REFUSED      $.certificate.authorities[0]: ");
    }

    @Test
    void aDocumentThatIsMissingInTheNewFolderIsRemoved() throws IOException {
        Path older = java.nio.file.Files.createDirectories(folder.resolve("older"));
        Path newer = java.nio.file.Files.createDirectories(folder.resolve("newer"));
        java.nio.file.Files.copy(GATEWAY, older.resolve("gateway.json"));
        java.nio.file.Files.copy(DOMAIN, older.resolve("domain.json"));
        java.nio.file.Files.copy(GATEWAY, newer.resolve("gateway.json"));

        Ran ran = diff(older, newer);

        assertThat(ran.out())
                .isEqualTo(
                        """
                        app.example.org: removed: a tombstone stays, and nothing is served
                        1 name: 0 widen, 0 narrow, 0 other
                        """);
        assertThat(diff(older, older).out()).isEqualTo("no difference\n");
    }

    @Test
    void oneNameTwiceInAFolderIsRefused() throws IOException {
        java.nio.file.Files.copy(DOMAIN, folder.resolve("a.json"));
        java.nio.file.Files.copy(DOMAIN, folder.resolve("b.json"));

        Ran ran = diff(folder, folder);

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).contains("b.json: app.example.org a second time (expected: ");
    }

    @Test
    void documentsOfTwoNamesAreNotCompared() {
        Ran ran = diff(DOMAIN, GATEWAY);

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: NEW: for the gateway (expected: ");
    }

    @Test
    void oneDocumentAloneIsWrongUse() {
        Ran ran = attestgate("policy", "diff", DOMAIN.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.err()).startsWith("attestgate: OLD: absent (expected: ");
    }

    private static Ran diff(Path older, Path newer, String... more) {
        String[] arguments = new String[4 + more.length];
        arguments[0] = "policy";
        arguments[1] = "diff";
        arguments[2] = older.toString();
        arguments[3] = newer.toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return attestgate(arguments);
    }

    private Path domain(String file, String found, String replacement) throws IOException {
        String text = java.nio.file.Files.readString(DOMAIN);
        assertThat(text).contains(found);
        return java.nio.file.Files.writeString(
                folder.resolve(file), text.replace(found, replacement));
    }
}
