package io.attestgate.attest.tsm;

import io.attestgate.attest.device.ErrnoException;

/**
 * The directory {@code tsm/report} of configfs: a directory that is made in it is one conversation
 * with the platform, and the kernel puts its attributes there.
 */
interface TsmFiles {
    /** Begins a conversation; fails with EEXIST if somebody has one of that name. */
    void make(String entry) throws ErrnoException;

    /** Ends it. */
    void remove(String entry) throws ErrnoException;

    /** Whether this driver shows the attribute at all. */
    boolean has(String entry, String attribute);

    /** All of an attribute; of more than {@code sizeBytesMax} bytes one byte more. */
    byte[] read(String entry, String attribute, int sizeBytesMax) throws ErrnoException;

    /** Opens the attribute, writes in one call, and closes it. */
    void write(String entry, String attribute, byte[] content) throws ErrnoException;
}
