package io.attestgate.proxy.cli;

import io.attestgate.wire.Fault;
import java.nio.file.Path;
import java.util.List;

/**
 * A command is refused or failed, for reasons that a person can read; it ends with status 1, or 2
 * where it is the options that do not go together.
 */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;
    private final int status;

    /** A single reason: {@code name: value (expected: rule)}. */
    public CommandException(String reason) {
        this(ExitStatus.FAILED, List.of(reason));
    }

    private CommandException(int status, List<String> reasons) {
        super(reasons.getFirst());
        this.reasons = List.copyOf(reasons);
        this.status = status;
    }

    /** Options that are none of ours together, or one whose value is not. */
    static CommandException wrongUse(String reason) {
        return new CommandException(ExitStatus.WRONG_USE, List.of(reason));
    }

    /** Every fault of an option's value. */
    static CommandException wrongUse(List<Fault> faults) {
        return new CommandException(ExitStatus.WRONG_USE, texts(faults));
    }

    CommandException(String reason, Throwable cause) {
        super(reason, cause);
        this.reasons = List.of(reason);
        this.status = ExitStatus.FAILED;
    }

    /** Several reasons for one cause. */
    CommandException(List<String> reasons, Throwable cause) {
        super(reasons.getFirst(), cause);
        this.reasons = List.copyOf(reasons);
        this.status = ExitStatus.FAILED;
    }

    /** Every fault of something that was to be read. */
    CommandException(List<Fault> faults) {
        this(ExitStatus.FAILED, texts(faults));
    }

    /** Every fault of what a file holds, each with the option or argument that named the file. */
    CommandException(String name, Path file, List<Fault> faults) {
        this(
                ExitStatus.FAILED,
                faults.stream().map(fault -> "%s %s: %s".formatted(name, file, fault)).toList());
    }

    private static List<String> texts(List<Fault> faults) {
        return faults.stream().map(Fault::toString).toList();
    }

    /** One line each. */
    List<String> reasons() {
        return reasons;
    }

    /** What the command ends with. */
    int status() {
        return status;
    }
}
