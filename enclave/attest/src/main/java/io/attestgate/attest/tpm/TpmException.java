package io.attestgate.attest.tpm;

import io.attestgate.attest.platform.PlatformException;
import java.util.Optional;

/**
 * The TPM did not do what it was asked, or somebody on the bus answered in its place; {@link
 * #reason} says which.
 */
public final class TpmException extends Exception {
    private final Reason reason;
    private final transient Optional<ResponseCode> code;

    /** What went wrong. */
    public enum Reason {
        /** The device is not there, or broke off. */
        TRANSPORT,
        /** An answer that has not its form. */
        MALFORMED,
        /** The TPM answered with a code of its own; nobody vouches for such an answer. */
        REFUSED,
        /** An answer without the right HMAC: somebody on the bus changed, replayed or made it. */
        UNAUTHENTIC,
        /** A TPM whose keys are not those that were sealed with the state, or pinned. */
        OTHER_TPM,
        /** An NV index that is not the one that was sealed with the state. */
        OTHER_INDEX,
        /** No signed policy allows what the PCRs hold now. */
        NOT_AUTHORISED,
        /**
         * The state was sealed under another bootstrap file, so that nothing can be signed for it.
         */
        OTHER_CONFIG,
        /** The bank or a PCR that the bootstrap file names is not there. */
        NO_BANK,
        /** A file of the platform's in the state directory is not what was written there. */
        DAMAGED,
        /** More versions may open the state already than there is room for. */
        FULL
    }

    private TpmException(
            Reason reason, String message, Optional<ResponseCode> code, Optional<Throwable> cause) {
        super(message, cause.orElse(null));
        this.reason = reason;
        this.code = code;
    }

    /** {@code name: found (expected: rule)}. */
    static TpmException of(Reason reason, String name, String found, String expected) {
        String message = "%s: %s (expected: %s)".formatted(name, found, expected);
        return new TpmException(reason, message, Optional.empty(), Optional.empty());
    }

    static TpmException refused(CommandCode command, ResponseCode code) {
        String message = "%s: %s (%s)".formatted(command.label(), code, command.clause());
        return new TpmException(Reason.REFUSED, message, Optional.of(code), Optional.empty());
    }

    static TpmException transport(String name, Throwable cause) {
        String message = "%s: %s".formatted(name, cause);
        return new TpmException(Reason.TRANSPORT, message, Optional.empty(), Optional.of(cause));
    }

    public Reason reason() {
        return reason;
    }

    /** What the TPM answered, where it did. */
    public Optional<ResponseCode> code() {
        return code;
    }

    /** Whether the TPM answered that. */
    boolean is(ResponseCode.Failure error) {
        return code.filter(answered -> answered.is(error)).isPresent();
    }

    /** As platforms fail; this stays the cause. */
    PlatformException toPlatformException() {
        return new PlatformException(String.valueOf(getMessage()), this);
    }
}
