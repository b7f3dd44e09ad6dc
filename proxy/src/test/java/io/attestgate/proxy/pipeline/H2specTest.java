package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance tests of h2spec 2.2 (RFC 7540 and 7541), against the whole gateway. */
class H2specTest {
    private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
    private static final int TESTS = 145;
    private static final Pattern SUMMARY =
            Pattern.compile("(\\d+) tests, (\\d+) passed, (\\d+) skipped, (\\d+) failed");

    @Test
    void everyCaseOfH2specPasses(@TempDir Path directory) throws Exception {
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        assumeTrue(platform.equals("Linux amd64"), "h2spec: no binary for " + platform);
        unpack(directory);
        try (Origin origin = Origin.open((head, in, out) -> out.write(answer(head, in)));
                Running gateway = Running.open().serve("localhost", origin.port())) {
            String report = run(directory, gateway.httpsPort());

            Matcher summary = SUMMARY.matcher(report);
            assertThat(summary.find()).as(report).isTrue();
            assertThat(Integer.parseInt(summary.group(1))).isEqualTo(TESTS);
            assertThat(Integer.parseInt(summary.group(2))).as(report).isEqualTo(TESTS);
        }
    }

    /** Reads any body and says enough to need flow control. */
    private static byte[] answer(String head, InputStream in) throws IOException {
        if (Origin.field(head, "transfer-encoding").isPresent()) {
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                in.readNBytes(size + 2);
            }
            in.readNBytes(2);
        } else {
            Origin.body(head, in);
        }
        return Origin.ok("hello, h2spec: this is an answer\n");
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(Reply.line(in), 16);
    }

    private static void unpack(Path directory) throws Exception {
        Process tar =
                new ProcessBuilder("tar", "xzf", "-", "-C", directory.toString())
                        .redirectErrorStream(true)
                        .start();
        try (InputStream archive = H2specTest.class.getResourceAsStream(ARCHIVE);
                OutputStream out = tar.getOutputStream()) {
            assertThat(archive).isNotNull();
            archive.transferTo(out);
        }
        assertThat(tar.waitFor()).isZero();
    }

    private static String run(Path directory, int port) throws Exception {
        Process h2spec =
                new ProcessBuilder(
                                directory.resolve("h2spec").toString(),
                                "-t",
                                "-k",
                                "-h",
                                "localhost",
                                "-p",
                                Integer.toString(port),
                                "-o",
                                "5")
                        .redirectErrorStream(true)
                        .start();
        String report = new String(h2spec.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        h2spec.waitFor();
        return report;
    }
}
