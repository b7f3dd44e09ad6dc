package io.attestgate.attest.tsm;

import io.attestgate.wire.Base64Url;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The files of this machine.
 *
 * @param reports by configfs
 * @param sevGuest AMD's device
 */
record TsmMachine(TsmReports reports, Path sevGuest) {
    private static final Path REPORTS = Path.of("/sys/kernel/config/tsm/report");
    private static final Path SEV_GUEST = Path.of("/dev/sev-guest");
    private static final int NAME_BYTES = 12;

    static TsmMachine here() {
        SecureRandom random = new SecureRandom();
        return new TsmMachine(
                new TsmReports(new ConfigfsFiles(REPORTS), () -> name(random), TsmMachine::pause),
                SEV_GUEST);
    }

    /** What a killed process left behind has another name, and is not used. */
    private static String name(SecureRandom random) {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return "attestgate-%d-%s".formatted(ProcessHandle.current().pid(), Base64Url.write(bytes));
    }

    private static void pause(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }

    SealingRoot root(TsmProvider provider) {
        return switch (provider) {
            case TDX -> SealingRoot.none();
            case SNP -> new SnpSealingRoot(reports, new SevGuest(new SevGuestDevice(sevGuest)));
        };
    }
}
