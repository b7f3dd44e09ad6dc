package io.attestgate.attest.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A directory that its operator fills as he likes. */
@Timeout(20)
final class DirectoryDiskTest {
    @TempDir private Path folder;

    @Test
    void aPipeInPlaceOfAFileIsRefusedRatherThanWaitedFor() throws Exception {
        Path pipe = folder.resolve("tpm-next");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        DirectoryDisk disk = DirectoryDisk.open(folder);

        assertThatThrownBy(() -> disk.read("tpm-next", 16))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("tpm-next: no regular file");
    }

    @Test
    void anAbsentFileIsNone() throws IOException {
        assertThat(DirectoryDisk.open(folder).read("none", 16)).isEmpty();
        Files.writeString(folder.resolve("some"), "16 bytes, or more");
        assertThat(DirectoryDisk.open(folder).read("some", 16))
                .hasValueSatisfying(read -> assertThat(read).hasSize(17));
    }
}
