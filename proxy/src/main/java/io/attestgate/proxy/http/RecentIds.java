package io.attestgate.proxy.http;

/** The last few stream ids of some kind: a ring, searched whole. Ids are never 0. */
final class RecentIds {
    /**
     * As many as streams may be open, so that none is forgotten while its frames are on the way.
     */
    private static final int KEPT = 128;

    private final int[] ids = new int[KEPT];
    private int next;

    void add(int id) {
        ids[next] = id;
        next = (next + 1) % KEPT;
    }

    boolean contains(int id) {
        for (int each : ids) {
            if (each == id) {
                return true;
            }
        }
        return false;
    }
}
