package io.attestgate.attest.tsm;

import com.sun.jna.Pointer;
import io.attestgate.attest.device.ErrnoException;

/** AMD's guest device, as the kernel offers it. */
interface SevIoctl {
    /** One request, on a {@code struct snp_guest_request_ioctl}. */
    void call(long request, Pointer argument) throws ErrnoException;
}
