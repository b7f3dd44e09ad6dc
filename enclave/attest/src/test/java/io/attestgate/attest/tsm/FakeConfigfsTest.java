package io.attestgate.attest.tsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** That what is played follows its clauses: a test on a wrong fake shows nothing. */
final class FakeConfigfsTest {
    private static final String OURS = "ours";

    private static FakeConfigfs begun(FakeConfigfs.Driver driver) throws ErrnoException {
        FakeConfigfs files = new FakeConfigfs(driver);
        files.make(OURS);
        return files;
    }

    private static void fails(Errno errno, ThrowingCallable call) {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.errno()).isEqualTo(errno));
    }

    private static String text(FakeConfigfs files, String attribute) throws ErrnoException {
        return new String(files.read(OURS, attribute, 64), StandardCharsets.US_ASCII);
    }

    @Test
    void nothingIsMadeWithoutADriverOrTwice() throws ErrnoException {
        fails(Errno.ENXIO, () -> FakeConfigfs.withoutDriver().make(OURS));
        FakeConfigfs files = begun(PlayedDriver.plain());
        fails(Errno.EEXIST, () -> files.make(OURS));
    }

    @Test
    void attributesAreReadOnlyOrWriteOnlyOrNotThere() throws ErrnoException {
        FakeConfigfs files = begun(PlayedDriver.plain());
        fails(Errno.EACCES, () -> files.read(OURS, "inblob", 64));
        fails(Errno.EACCES, () -> files.write(OURS, "outblob", new byte[1]));
        fails(Errno.ENOENT, () -> files.read(OURS, "auxblob", 64));
        fails(Errno.ENOENT, () -> files.write(OURS, "privlevel", new byte[] {'0'}));
    }

    @Test
    void aReportIsMadeOfWhatWasWrittenLast() throws ErrnoException {
        FakeConfigfs files = begun(PlayedDriver.plain());
        fails(Errno.EINVAL, () -> files.read(OURS, "outblob", 64));
        files.write(OURS, "inblob", new byte[] {1});
        assertThat(files.read(OURS, "outblob", 64)).isEqualTo(new byte[] {1});
        files.write(OURS, "inblob", new byte[] {2});
        assertThat(files.read(OURS, "outblob", 64)).isEqualTo(new byte[] {2});
        fails(Errno.EFBIG, () -> files.write(OURS, "inblob", new byte[65]));
    }

    @Test
    void everyWriteIsCounted() throws ErrnoException {
        FakeConfigfs files = begun(PlayedDriver.plain().withFloor(2));
        assertThat(text(files, "generation")).isEqualTo("0\n");
        files.write(OURS, "privlevel", new byte[] {'3'});
        files.write(OURS, "inblob", new byte[1]);
        assertThat(text(files, "generation")).isEqualTo("2\n");
        assertThat(files.read(OURS, "outblob", 64)).hasSize(1);
        assertThat(text(files, "generation")).isEqualTo("2\n");
    }

    @Test
    void levelsAreWithinTheirBounds() throws ErrnoException {
        FakeConfigfs files = begun(PlayedDriver.plain().withFloor(2));
        assertThat(text(files, "privlevel_floor")).isEqualTo("2\n");
        fails(Errno.EINVAL, () -> files.write(OURS, "privlevel", new byte[] {'1'}));
        fails(Errno.EINVAL, () -> files.write(OURS, "privlevel", new byte[] {'4'}));
        assertThat(text(files, "generation")).isEqualTo("0\n");
    }

    @Test
    void aReportThatIsTooLargeIsNotHandedOut() throws ErrnoException {
        FakeConfigfs files =
                begun(PlayedDriver.of(inblob -> new byte[FakeConfigfs.BLOB_BYTES_MAX + 1]));
        files.write(OURS, "inblob", new byte[1]);
        fails(Errno.EFBIG, () -> files.read(OURS, "outblob", 1 << 20));
    }
}
