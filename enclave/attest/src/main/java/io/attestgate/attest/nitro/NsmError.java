package io.attestgate.attest.nitro;

import java.util.Arrays;
import java.util.Optional;

/** What a module says it could not do (NSM API, {@code ErrorCode}). */
enum NsmError {
    SUCCESS("Success", "an error that says there is none"),
    INVALID_ARGUMENT("InvalidArgument", "an argument is invalid"),
    INVALID_INDEX("InvalidIndex", "there is no register of that index"),
    INVALID_RESPONSE("InvalidResponse", "the answer is not to the request"),
    READ_ONLY_INDEX("ReadOnlyIndex", "the register is locked"),
    INVALID_OPERATION("InvalidOperation", "the module cannot do that"),
    BUFFER_TOO_SMALL("BufferTooSmall", "the answer has no room"),
    INPUT_TOO_LARGE("InputTooLarge", "an argument is too long"),
    INTERNAL_ERROR("InternalError", "the module failed");

    private final String code;
    private final String meaning;

    NsmError(String code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The error of that code; empty for one that is not published. */
    static Optional<NsmError> of(String code) {
        return Arrays.stream(values()).filter(error -> error.code.equals(code)).findFirst();
    }

    /** The code, and what it means. */
    @Override
    public String toString() {
        return code + ", " + meaning;
    }
}
