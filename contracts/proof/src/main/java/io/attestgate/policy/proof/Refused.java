package io.attestgate.policy.proof;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;

/** What a peer sent is not what it must be; stays within this package. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Thrown and caught within one call.
    private final Fault fault;

    Refused(String name, String found, String expected) {
        this(new Fault(name, found, expected));
    }

    private Refused(Fault fault) {
        super(fault.path(), null, false, false);
        this.fault = fault;
    }

    /** About text that the peer chose. */
    static Refused quoted(String name, String text, String expected) {
        return new Refused(Fault.quoted(name, text, expected));
    }

    /**
     * What may be refused.
     *
     * @param <T> what it gives
     */
    interface Reading<T> {
        T read() throws Refused;
    }

    /** What {@code reading} gives, or why it was refused. */
    static <T> Parsed<T> parsed(Reading<T> reading) {
        try {
            return Parsed.good(reading.read());
        } catch (Refused e) {
            return Parsed.bad(e.fault);
        }
    }
}
