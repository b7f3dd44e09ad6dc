package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Fault;

/** Leaves the descent of a reader; never the package. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    Malformed(Fault fault) {
        super(fault.toString(), null, false, false);
        this.fault = fault;
    }

    Malformed(String path, String found, String expected) {
        this(new Fault(path, found, expected));
    }

    Fault fault() {
        return fault;
    }
}
