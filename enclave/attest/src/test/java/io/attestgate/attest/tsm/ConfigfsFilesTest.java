package io.attestgate.attest.tsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.attest.platform.PlatformException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real files, as far as a folder that is no configfs goes. */
final class ConfigfsFilesTest {
    @TempDir private Path folder;

    @Test
    void aConversationIsADirectoryWithItsAttributes() throws Exception {
        ConfigfsFiles files = new ConfigfsFiles(folder);
        files.make("a");
        Path inblob = Files.createFile(folder.resolve("a/inblob"));

        assertThat(files.has("a", "inblob")).isTrue();
        assertThat(files.has("a", "auxblob")).isFalse();
        files.write("a", "inblob", new byte[] {1, 2});
        assertThat(files.read("a", "inblob", 64)).isEqualTo(new byte[] {1, 2});

        Files.delete(inblob);
        files.remove("a");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatIsThereIsAnothers() throws IOException {
        assertThat(Files.createDirectory(folder.resolve("a"))).isDirectory();

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> new ConfigfsFiles(folder).make("a"))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
    }

    @Test
    void aMachineWithoutConfigfsSaysSo() {
        TsmReports reports =
                new TsmReports(new ConfigfsFiles(folder.resolve("none")), () -> "a", pause -> {});

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(reports::provider)
                .withMessageContaining("ENOENT");
    }

    /** Its attributes do not appear by themselves, so that what was made is removed again. */
    @Test
    void aFolderThatIsNoConfigfsIsLeftAsItWas() {
        TsmReports reports = new TsmReports(new ConfigfsFiles(folder), () -> "a", pause -> {});

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> reports.make(new byte[64]));
        assertThat(folder).isEmptyDirectory();
    }
}
