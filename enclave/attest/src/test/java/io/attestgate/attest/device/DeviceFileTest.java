package io.attestgate.attest.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.jna.Memory;
import io.attestgate.attest.device.DeviceFile.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceFileTest {
    @TempDir private Path folder;

    private static void fails(Errno errno, ThrowingCallable call) {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.errno()).isEqualTo(errno));
    }

    private static byte[] read(Path path, int sizeBytesMax) throws ErrnoException {
        try (DeviceFile file = DeviceFile.open(path, Mode.READ)) {
            return file.read(sizeBytesMax);
        }
    }

    private static void write(Path path, byte[] content) throws ErrnoException {
        try (DeviceFile file = DeviceFile.open(path, Mode.WRITE)) {
            file.write(content);
        }
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        byte[] content = new byte[10_000];
        content[9_999] = 7;
        Path path = Files.createFile(folder.resolve("a"));

        write(path, content);

        assertThat(read(path, content.length)).isEqualTo(content);
    }

    @Test
    void ofWhatIsTooLongOneByteMoreIsRead() throws Exception {
        Path path = Files.write(folder.resolve("a"), new byte[10_000]);
        for (int max : new int[] {0, 1, 4095, 4096, 4097, 9_999}) {
            assertThat(read(path, max)).hasSize(max + 1);
        }
        assertThat(read(Path.of("/dev/zero"), 100)).hasSize(101);
        assertThat(read(Path.of("/dev/null"), 100)).isEmpty();
    }

    @Test
    void errorsKeepTheirNumbers() throws IOException {
        Path file = Files.createFile(folder.resolve("a"));

        fails(Errno.ENOENT, () -> read(folder.resolve("none"), 1));
        fails(Errno.ENOSPC, () -> write(Path.of("/dev/full"), new byte[1]));
        fails(Errno.EEXIST, () -> DeviceFile.makeDirectory(file));
        fails(Errno.ENOENT, () -> DeviceFile.removeDirectory(folder.resolve("none")));
        fails(Errno.OTHER, () -> DeviceFile.removeDirectory(file));
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // Closed twice, by hand.
    void aRequestThatADriverDoesNotKnowIsRefusedByIt() throws ErrnoException {
        DeviceFile device = DeviceFile.open(Path.of("/dev/null"), Mode.READ_WRITE);
        try (Memory argument = new Memory(32)) {
            fails(Errno.ENOTTY, () -> device.ioctl(0xC0205301L, argument));
        }
        device.close();
        assertThatCode(device::close).doesNotThrowAnyException();
    }

    @Test
    void directoriesAreMadeAndRemoved() throws ErrnoException {
        Path directory = folder.resolve("made");
        DeviceFile.makeDirectory(directory);
        assertThat(directory).isDirectory();
        DeviceFile.removeDirectory(directory);
        assertThat(directory).doesNotExist();
    }
}
