package io.attestgate.attest.tsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.verify.evidence.Octets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

final class TsmReportsTest {
    private static final byte[] DATA = new byte[64];

    private final List<Duration> pauses = new ArrayList<>();
    private int names;

    private TsmReports reports(FakeConfigfs files) {
        return new TsmReports(files, () -> "ours-" + names++, pauses::add);
    }

    private static PlatformException failure(TsmReports reports) {
        try {
            throw new AssertionError("a report: " + reports.make(DATA));
        } catch (PlatformException e) {
            return e;
        }
    }

    @Test
    void aReportIsOverWhatWasAskedAndLeavesNothingBehind() throws PlatformException {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());

        TsmReport report = reports(files).make(DATA);

        assertThat(report).isEqualTo(new TsmReport("tdx_guest", octets(DATA), octets(new byte[0])));
        assertThat(files.made()).containsExactly("ours-0");
        assertThat(files.open()).isEmpty();
        assertThat(pauses).isEmpty();
    }

    private static Octets octets(byte[] bytes) {
        return Octets.of(bytes);
    }

    @Test
    void itIsAskedForAtTheLevelThatTheGuestRunsAt() throws PlatformException {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain().withFloor(2));

        assertThat(reports(files).make(DATA).outblob()).isEqualTo(octets(DATA));
    }

    @Test
    void aDirectoryThatAKilledProcessLeftIsNotUsed() throws Exception {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());
        files.make("ours-0");
        files.write("ours-0", "inblob", new byte[] {9});

        assertThat(failure(reports(files))).hasMessageContaining("EEXIST");
        assertThat(reports(files).make(DATA).outblob()).isEqualTo(octets(DATA));
        assertThat(files.open()).containsExactly("ours-0");
    }

    @ParameterizedTest
    @EnumSource(names = {"EBUSY", "EAGAIN", "EINTR"})
    void whatPassesIsTriedAgainInADirectoryOfItsOwn(Errno errno) throws PlatformException {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());
        files.fail("read outblob", errno);
        files.fail("read outblob", errno);

        assertThat(reports(files).make(DATA).outblob()).isEqualTo(octets(DATA));
        assertThat(files.made()).containsExactly("ours-0", "ours-1", "ours-2");
        assertThat(files.open()).isEmpty();
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @Test
    void whatDoesNotPassIsGivenUpAfterItsAttempts() {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());
        for (int i = 0; i < TsmReports.ATTEMPTS_MAX; i++) {
            files.fail("read outblob", Errno.EBUSY);
        }

        assertThat(failure(reports(files))).hasMessageContaining("EBUSY");
        assertThat(files.made()).hasSize(TsmReports.ATTEMPTS_MAX);
        assertThat(files.open()).isEmpty();
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"EBUSY", "EAGAIN", "EINTR", "OTHER"},
            mode = Mode.EXCLUDE)
    void anyOtherErrorIsOneAtOnceAndByItsName(Errno errno) {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());
        files.fail("read outblob", errno);

        assertThat(failure(reports(files))).hasMessageContaining(errno.name());
        assertThat(files.made()).hasSize(1);
        assertThat(files.open()).isEmpty();
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "make",
                "read generation",
                "write inblob",
                "read outblob",
                "read auxblob",
                "read provider",
                "read privlevel_floor",
                "write privlevel",
                "remove"
            })
    void anErrorAnywhereIsNoReport(String operation) {
        FakeConfigfs files =
                new FakeConfigfs(
                        new PlayedDriver(
                                "sev_guest",
                                Optional.of(1),
                                inblob -> inblob,
                                Optional.of(new byte[0])));
        files.fail(operation, Errno.EIO);

        assertThat(failure(reports(files))).hasMessageContaining("EIO");
    }

    @Test
    void aKernelWithoutADriverSaysSo() {
        assertThat(failure(reports(FakeConfigfs.withoutDriver()))).hasMessageContaining("ENXIO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"read outblob", "read provider", "write inblob"})
    void whatAnotherWroteMeanwhileIsNoReportOfOurs(String operation) throws PlatformException {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());
        files.trouble(operation, entry -> files.write(entry, "inblob", new byte[] {9}));

        assertThat(reports(files).make(DATA).outblob()).isEqualTo(octets(DATA));
        assertThat(files.made()).hasSize(2);
    }

    @Test
    void whoWritesIntoEveryDirectoryOfOursKeepsUsFromReportsAndNoMore() {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());
        for (int i = 0; i < TsmReports.ATTEMPTS_MAX; i++) {
            files.trouble("read outblob", entry -> files.write(entry, "inblob", new byte[] {9}));
        }

        assertThat(failure(reports(files))).hasMessageContaining("generation");
        assertThat(files.open()).isEmpty();
    }

    /** configfs swallows the driver's EBUSY; the count alone shows it. */
    @Test
    void aWriteThatWasNotTakenIsNoticed() throws PlatformException {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());
        files.loseNextWrite();

        assertThat(reports(files).make(DATA).outblob()).isEqualTo(octets(DATA));
        assertThat(pauses).hasSize(1);
    }

    @Test
    void theCountMayPassItsEnd() throws PlatformException {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain().withFloor(0));
        for (long count : new long[] {-1, -2, Long.MAX_VALUE, 1L << 62}) {
            files.countFrom(count);
            assertThat(reports(files).make(DATA).outblob()).isEqualTo(octets(DATA));
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void aReportBeyondTheKernelsBoundIsAnError() {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.of(inblob -> new byte[1 << 20]));

        assertThat(failure(reports(files))).hasMessageContaining("EFBIG");
    }

    @Test
    void aCountThatIsNoneIsAnError() {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());
        TsmFiles lying =
                new TsmFilesBehind(files) {
                    @Override
                    public byte[] read(String entry, String attribute, int sizeBytesMax)
                            throws ErrnoException {
                        return attribute.equals("generation")
                                ? new byte[] {'x'}
                                : super.read(entry, attribute, sizeBytesMax);
                    }
                };

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> new TsmReports(lying, () -> "a", pauses::add).make(DATA));
        assertThat(files.open()).isEmpty();
    }

    @Test
    void theProviderIsNamedWithoutAReport() throws PlatformException {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain().named("sev_guest"));

        assertThat(reports(files).provider()).isEqualTo("sev_guest");
        assertThat(files.open()).isEmpty();
    }
}
