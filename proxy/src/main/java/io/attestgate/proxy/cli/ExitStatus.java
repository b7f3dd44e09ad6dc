package io.attestgate.proxy.cli;

/** How every command ends. */
public final class ExitStatus {
    /** Everything that was asked for is so, or has been done. */
    public static final int GOOD = 0;

    /** What was asked for is refused, or failed. */
    public static final int FAILED = 1;

    /** The command line is not one of ours. */
    public static final int WRONG_USE = 2;

    private ExitStatus() {}
}
