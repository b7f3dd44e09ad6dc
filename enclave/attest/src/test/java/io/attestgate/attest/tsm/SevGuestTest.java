package io.attestgate.attest.tsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.snp.Report;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SevGuestTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final SnpPki PKI = SnpPki.at("Milan", NOW);

    private final SnpReport guest = SnpReport.of(PKI, 3).put32(0x4, 7); // GUEST_SVN

    private DerivedKeyRequest request() {
        byte[] report = guest.make(guest.vcek().keys());
        return DerivedKeyRequest.of(
                Report.parse(Arrays.copyOf(report, Report.SIZE_BYTES)).toOptional().orElseThrow());
    }

    private static Octets key(SevIoctl device, DerivedKeyRequest request) throws PlatformException {
        try (SecretMemory key = new SevGuest(device).derivedKey(request)) {
            return key.lend(Octets::of);
        }
    }

    private Octets keyOn(String chip) throws PlatformException {
        return key(new FakeSevGuest(guest, chip), request());
    }

    private static PlatformException failure(SevIoctl device, DerivedKeyRequest request) {
        try {
            throw new AssertionError("a key: " + key(device, request));
        } catch (PlatformException e) {
            return e;
        }
    }

    @Test
    void aGuestHasOneKeyOnOneChip() throws PlatformException {
        assertThat(keyOn("a").size()).isEqualTo(32);
        assertThat(keyOn("a")).isEqualTo(keyOn("a"));
        assertThat(keyOn("b")).isNotEqualTo(keyOn("a"));
    }

    /** Each of policy, image id, family id, measurement, SVN, level and committed TCB. */
    @ParameterizedTest
    @ValueSource(ints = {0x8, 0x20, 0x10, 0x90, 0x4, 0x30, 0x1e0, 0x1e7})
    void anotherGuestHasAnother(int changed) throws PlatformException {
        Octets ours = keyOn("a");
        guest.bytes[changed] ^= 1;
        assertThat(keyOn("a")).isNotEqualTo(ours);
    }

    /** Host data and report id are the host's to choose and cannot be mixed in (ABI 7.2). */
    @ParameterizedTest
    @ValueSource(ints = {SnpReport.HOST_DATA, 0x140, SnpReport.CHIP_ID})
    void whatThereIsNoBitForChangesNothing(int changed) throws PlatformException {
        Octets ours = keyOn("a");
        guest.bytes[changed] ^= 1;
        assertThat(keyOn("a")).isEqualTo(ours);
    }

    @Test
    void theRequestIsTheKernelsStructure() {
        assertThat(request().toBytes())
                .startsWith(0, 0, 0, 0, 0, 0, 0, 0) // root_key_select, rsvd
                .containsSequence(0x3f, 0, 0, 0, 0, 0, 0, 0) // guest_field_select
                .endsWith(guest.tcb)
                .hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x16, 0x27, -1})
    void aStatusThatIsNoSuccessIsAnError(int status) {
        FakeSevGuest device = new FakeSevGuest(guest, "a");
        device.answer(status);
        assertThat(failure(device, request())).hasMessageContaining("0x");
    }

    @Test
    void akeyOfZerosIsAnError() {
        FakeSevGuest device = new FakeSevGuest(guest, "a");
        device.give(new byte[32]);
        assertThat(failure(device, request())).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"ENOTTY", "EIO", "ETIMEDOUT", "EBADMSG", "EACCES", "OTHER"})
    void anErrorOfTheDriverIsOneByItsName(Errno errno) {
        SevIoctl broken =
                (call, argument) -> {
                    argument.setLong(24, 2L << 32); // SNP_GUEST_VMM_ERR_BUSY
                    throw ErrnoException.of("ioctl", errno.number());
                };
        assertThat(failure(broken, request())).hasMessageContaining("0x200000000");
    }

    @Test
    void aMachineWithoutTheDeviceSaysSo() {
        SevIoctl absent = new SevGuestDevice(Path.of("/dev/sev-guest-that-is-not-there"));
        assertThat(failure(absent, request())).hasMessageContaining("ENOENT");
        SevIoctl another = new SevGuestDevice(Path.of("/dev/null"));
        assertThat(failure(another, request())).hasMessageContaining("ENOTTY");
    }

    @Test
    void aReportOfNoGuestMakesNoRequest() {
        FakeConfigfs files = new FakeConfigfs(PlayedDriver.plain());
        SnpSealingRoot root =
                new SnpSealingRoot(
                        new TsmReports(files, () -> "a", pause -> {}),
                        new SevGuest(new FakeSevGuest(guest, "a")));
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(
                        () -> {
                            try (SecretMemory secret = root.secret()) {
                                throw new AssertionError(secret);
                            }
                        });
    }
}
