package io.attestgate.attest.disk;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One flat directory of small files on a disk that may stop at any instant.
 *
 * <p>What a power cut leaves: of a file that was written, anything, until {@link #sync} returned;
 * of names that were made, renamed or deleted, any of them done or not, until {@link #syncNames}
 * returned. A rename is atomic: before it the old file has the name, after it the new one.
 *
 * <p>The operator owns the disk, so nothing that is read here is believed.
 */
public interface Disk {

    /**
     * The content of a file; empty if there is none. Of a file with more than {@code sizeBytesMax}
     * bytes one byte more is returned, so that the caller sees it is too large.
     */
    Optional<byte[]> read(String name, int sizeBytesMax) throws IOException;

    /** Makes a file, or replaces its content. Not durable before {@link #sync}. */
    void write(String name, byte[] content) throws IOException;

    /** Returns when a file's content would survive a power cut. */
    void sync(String name) throws IOException;

    /** Gives a file another name, taking it from the file that has it. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file; one that is not there stays away. */
    void delete(String name) throws IOException;

    /** Returns when all names would survive a power cut. */
    void syncNames() throws IOException;

    SortedSet<String> names() throws IOException;
}
