package io.attestgate.attest.secret;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Single pages that were zeroed and are not given back to the kernel, since to take one from it
 * costs more than to open a sealed key. Safe for use by several threads.
 */
final class SparePages {
    static final int PAGE_BYTES = 4096;

    /** 256 KiB of what the process may lock. */
    static final int PAGES_MAX = 64;

    private final Deque<Long> addresses = new ArrayDeque<>();

    /** A page of zeros, if one is left. */
    synchronized OptionalLong take() {
        return addresses.isEmpty() ? OptionalLong.empty() : OptionalLong.of(addresses.removeLast());
    }

    /** Keeps a page of zeros; false if there are enough. */
    synchronized boolean keep(long address) {
        return addresses.size() < PAGES_MAX && addresses.add(address);
    }
}
