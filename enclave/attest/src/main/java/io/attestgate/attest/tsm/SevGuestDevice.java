package io.attestgate.attest.tsm;

import com.sun.jna.Pointer;
import io.attestgate.attest.device.DeviceFile;
import io.attestgate.attest.device.ErrnoException;
import java.nio.file.Path;

/**
 * The real device.
 *
 * @param path {@code /dev/sev-guest}
 */
record SevGuestDevice(Path path) implements SevIoctl {

    @Override
    public void call(long request, Pointer argument) throws ErrnoException {
        try (DeviceFile device = DeviceFile.open(path, DeviceFile.Mode.READ_WRITE)) {
            device.ioctl(request, argument);
        }
    }
}
