package io.attestgate.attest.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunningCodeTest {
    @TempDir private Path directory;

    private Path file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Path parent = Files.createDirectories(file.resolve("..").normalize());
        assertThat(parent).isDirectory();
        return Files.writeString(file, content);
    }

    @Test
    void theDigestIsOverTheLinesOfTheJarsSortedByName() throws IOException {
        Path b = file("lib/b.jar", "two");
        Path a = file("lib/a.jar", "one");
        byte[] lines =
                "%s a.jar\n%s b.jar\n"
                        .formatted(hex("one"), hex("two"))
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(RunningCode.digest(Set.of(b, a))).isEqualTo(Hash32.of(Digests.sha256(lines)));
    }

    private static String hex(String content) {
        return HexFormat.of().formatHex(Digests.sha256(content.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aChangedByteOfAnyFileIsAnotherDigest() throws IOException {
        Path jar = file("a.jar", "one");
        Path written = file("classes/p/C.class", "two");
        assertThat(written).exists();
        Path classes = directory.resolve("classes");
        Hash32 digest = RunningCode.digest(Set.of(jar, classes));
        Path changed = file("classes/p/C.class", "twp");
        assertThat(changed).exists();
        assertThat(RunningCode.digest(Set.of(jar, classes))).isNotEqualTo(digest);
    }

    @Test
    void jarsThatAJarNamesCountToo() throws IOException {
        Path named = file("lib/named.jar", "not read as a jar");
        Path jar = directory.resolve("main.jar");
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.putValue("Manifest-Version", "1.0");
        main.putValue("Class-Path", "lib/named.jar lib/absent.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(out, manifest)) {
            written.finish();
        }
        String classPath = jar + File.pathSeparator + directory.resolve("nowhere");
        assertThat(RunningCode.classPath(classPath))
                .containsExactly(jar.toRealPath(), named.toRealPath());
    }

    @Test
    void theRunningCodeHasADigestThatStays() throws IOException {
        assertThat(RunningCode.digest()).isEqualTo(RunningCode.digest());
    }
}
