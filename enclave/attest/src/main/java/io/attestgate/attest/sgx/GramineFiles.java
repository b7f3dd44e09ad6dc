package io.attestgate.attest.sgx;

import io.attestgate.attest.device.ErrnoException;

/** Gramine's pseudo-files: what is written into one changes what others answer. */
interface GramineFiles {
    /** All of a file; of more than {@code sizeBytesMax} bytes one byte more. */
    byte[] read(String name, int sizeBytesMax) throws ErrnoException;

    /** Opens the file, writes in one call, and closes it. */
    void write(String name, byte[] content) throws ErrnoException;
}
