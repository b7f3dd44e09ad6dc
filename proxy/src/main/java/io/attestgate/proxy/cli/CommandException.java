package io.attestgate.proxy.cli;

import io.attestgate.wire.Fault;
import java.util.List;

/** A command is refused or failed, for reasons that a person can read; it ends with status 1. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    /** A single reason: {@code name: value (expected: rule)}. */
    public CommandException(String reason) {
        super(reason);
        this.reasons = List.of(reason);
    }

    CommandException(String reason, Throwable cause) {
        super(reason, cause);
        this.reasons = List.of(reason);
    }

    /** Several reasons for one cause. */
    CommandException(List<String> reasons, Throwable cause) {
        super(reasons.getFirst(), cause);
        this.reasons = List.copyOf(reasons);
    }

    /** Every fault of something that was to be read. */
    CommandException(List<Fault> faults) {
        super(faults.getFirst().toString());
        this.reasons = faults.stream().map(Fault::toString).toList();
    }

    /** One line each. */
    List<String> reasons() {
        return reasons;
    }
}
