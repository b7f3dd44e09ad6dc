package io.attestgate.collateral.http;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a service answered, as files of a bundle.
 *
 * @param files by the names under which they are kept and written
 * @param issued when it was made, by its own word: of two the older is not the vendor's last
 * @param until when it ends, by its own word: the first {@code nextUpdate} or {@code notAfter}
 */
public record Answer(SortedMap<String, byte[]> files, Instant issued, Instant until) {
    public Answer {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** One file. */
    public static Answer of(String name, byte[] content, Instant issued, Instant until) {
        SortedMap<String, byte[]> one = new TreeMap<>();
        one.put(name, content);
        return new Answer(one, issued, until);
    }

    /** This, with another file that came with it. */
    public Answer with(String name, byte[] content, Instant ends) {
        SortedMap<String, byte[]> both = new TreeMap<>(files);
        both.put(name, content);
        return new Answer(both, issued, ends.isBefore(until) ? ends : until);
    }

    int sizeBytes() {
        return files.values().stream().mapToInt(file -> file.length).sum();
    }
}
