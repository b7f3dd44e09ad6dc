package io.attestgate.client.chain;

import io.attestgate.wire.Fault;

/** The reader's own endpoint did not answer, or with what cannot be. Another may do better. */
final class UnreadableChain extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    UnreadableChain(Fault fault) {
        super(fault.toString());
        this.fault = fault;
    }

    UnreadableChain(Fault fault, Throwable cause) {
        super(fault.toString(), cause);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
