package io.attestgate.verify.evidence;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;

/** Leaves the descent of a parser that reads a peer's bytes; never leaves the parser. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public MalformedException(Fault fault) {
        super(fault.toString(), null, false, false);
        this.fault = fault;
    }

    /** {@code name: found (expected: rule)}. */
    public MalformedException(String name, String found, String expected) {
        this(new Fault(name, found, expected));
    }

    public Fault fault() {
        return fault;
    }

    /** The value, if it is good; else its first fault is thrown. */
    public static <T> T good(Parsed<T> parsed) throws MalformedException {
        return switch (parsed) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad -> throw new MalformedException(bad.faults().getFirst());
        };
    }
}
