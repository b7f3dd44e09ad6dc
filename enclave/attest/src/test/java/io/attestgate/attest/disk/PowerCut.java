package io.attestgate.attest.disk;

/** The process ends here: nothing after it runs, so nothing may catch it to go on. */
public final class PowerCut extends Error {
    private static final long serialVersionUID = 1;

    PowerCut(int operation) {
        super("power cut at operation " + operation, null, false, false);
    }
}
