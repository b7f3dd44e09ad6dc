package io.attestgate.demo;

/**
 * One row of the table that {@code demo --check} prints.
 *
 * @param what was tried
 * @param good whether it went as it should
 * @param seen what was seen
 */
record Sight(String what, boolean good, String seen) {
    /** One line, the columns under each other. */
    @Override
    public String toString() {
        return "  %-4s  %-34s  %s".formatted(good ? "ok" : "FAIL", what, seen);
    }
}
