package io.attestgate.attest.nitro;

import io.attestgate.attest.platform.PlatformException;

/** What carries one message to a Nitro Security Module and its answer back. */
interface NsmDevice {
    /** {@code NSM_REQUEST_MAX_SIZE} (Linux, include/uapi/linux/nsm.h). */
    int REQUEST_BYTES_MAX = 0x1000;

    /** {@code NSM_RESPONSE_MAX_SIZE}, same file. */
    int RESPONSE_BYTES_MAX = 0x3000;

    /**
     * Sends a request in CBOR and returns the answer in CBOR, believed in nothing.
     *
     * @param request at most {@link #REQUEST_BYTES_MAX}
     * @return at most {@link #RESPONSE_BYTES_MAX}
     */
    byte[] process(byte[] request) throws PlatformException;
}
