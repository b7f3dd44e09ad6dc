package io.attestgate.verify.collateral;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody brings is bounded, and whoever brings too much learns what it was. */
final class BundleTest {
    @TempDir private Path folder;

    @Test
    void asMuchAsMayBeIsRead() throws IOException {
        for (int i = 0; i < Bundle.FILES_MAX; i++) {
            Files.write(folder.resolve("file" + i), new byte[i == 0 ? Bundle.FILE_BYTES_MAX : 0]);
        }
        Files.createDirectory(folder.resolve("folder"));

        Bundle bundle = Bundle.read(folder).toOptional().orElseThrow();

        assertThat(bundle.files()).hasSize(Bundle.FILES_MAX).containsKey("file255");
        assertThat(bundle.files().get("file0")).hasSize(Bundle.FILE_BYTES_MAX);
    }

    @Test
    void aFileTooLongIsNamedByItsPath() throws IOException {
        Path small = Files.write(folder.resolve("a"), new byte[1]);
        Path zeros = Files.write(folder.resolve("zeros"), new byte[Bundle.FILE_BYTES_MAX + 1]);
        Fault fault =
                new Fault(
                        "collateral " + zeros, "more than 1048576 bytes", "at most 1048576 bytes");

        assertThat(Bundle.read(folder).faults()).containsExactly(fault);
        assertThat(Bundle.read(zeros).faults()).containsExactly(fault);
        assertThat(Bundle.read(small).faults()).isEmpty();
    }

    @Test
    void aFolderOfTooManyFilesIsNamedItself() throws IOException {
        for (int i = 0; i <= Bundle.FILES_MAX; i++) {
            Files.createFile(folder.resolve("file" + i));
        }

        assertThat(Bundle.read(folder).faults())
                .containsExactly(
                        new Fault(
                                "collateral " + folder,
                                "more than 256 files",
                                "at most 256 files"));
    }
}
