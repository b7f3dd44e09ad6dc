package io.attestgate.attest.tpm;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a TPM answers that did not do what it was asked (TPM_RC, Part 2 §6.6).
 *
 * <p>A code of format one also says which parameter, session or handle is at fault.
 */
public record ResponseCode(int value) {
    private static final int FORMAT_ONE = 1 << 7;
    private static final int PARAMETER = 1 << 6;
    private static final int SESSION = 1 << 11;
    private static final int FORMAT_ONE_ERROR = 0x3F | FORMAT_ONE;
    private static final int NUMBER_AT = 8;
    private static final int PARAMETER_NUMBER = 0xF;
    private static final int OTHER_NUMBER = 0x7;

    /** Its error, without what it is about; empty for one of no known name. */
    public Optional<Failure> failure() {
        int number = isFormatOne() ? value & FORMAT_ONE_ERROR : value;
        return Stream.of(Failure.values()).filter(known -> known.code == number).findFirst();
    }

    boolean is(Failure other) {
        return failure().filter(other::equals).isPresent();
    }

    private boolean isFormatOne() {
        return (value & FORMAT_ONE) != 0;
    }

    /** {@code parameter 2}, {@code session 1}, {@code handle 1}; nothing for format zero. */
    private String where() {
        int number = value >>> NUMBER_AT;
        if (!isFormatOne()) {
            return "";
        }
        if ((value & PARAMETER) != 0) {
            return ", parameter " + (number & PARAMETER_NUMBER);
        }
        return ((value & SESSION) != 0 ? ", session " : ", handle ") + (number & OTHER_NUMBER);
    }

    /** {@code TPM_RC_VALUE 0x1c4, parameter 1}. */
    @Override
    public String toString() {
        String name = failure().map(known -> "TPM_RC_" + known).orElse("TPM_RC");
        return "%s 0x%x%s".formatted(name, value, where());
    }

    /** The names of Part 2 §6.6.3, tables 17 to 19. */
    public enum Failure {
        INITIALIZE(0x100),
        FAILURE(0x101),
        SEQUENCE(0x103),
        PRIVATE(0x10B),
        HMAC(0x119),
        DISABLED(0x120),
        EXCLUSIVE(0x121),
        AUTH_TYPE(0x124),
        AUTH_MISSING(0x125),
        POLICY(0x126),
        PCR(0x127),
        PCR_CHANGED(0x128),
        UPGRADE(0x12D),
        TOO_MANY_CONTEXTS(0x12E),
        AUTH_UNAVAILABLE(0x12F),
        REBOOT(0x130),
        UNBALANCED(0x131),
        COMMAND_SIZE(0x142),
        COMMAND_CODE(0x143),
        AUTHSIZE(0x144),
        AUTH_CONTEXT(0x145),
        NV_RANGE(0x146),
        NV_SIZE(0x147),
        NV_LOCKED(0x148),
        NV_AUTHORIZATION(0x149),
        NV_UNINITIALIZED(0x14A),
        NV_SPACE(0x14B),
        NV_DEFINED(0x14C),
        BAD_CONTEXT(0x150),
        CPHASH(0x151),
        PARENT(0x152),
        NEEDS_TEST(0x153),
        NO_RESULT(0x154),
        SENSITIVE(0x155),
        ASYMMETRIC(0x081),
        ATTRIBUTES(0x082),
        HASH(0x083),
        VALUE(0x084),
        HIERARCHY(0x085),
        KEY_SIZE(0x087),
        MGF(0x088),
        MODE(0x089),
        TYPE(0x08A),
        HANDLE(0x08B),
        KDF(0x08C),
        RANGE(0x08D),
        AUTH_FAIL(0x08E),
        NONCE(0x08F),
        PP(0x090),
        SCHEME(0x092),
        SIZE(0x095),
        SYMMETRIC(0x096),
        TAG(0x097),
        SELECTOR(0x098),
        INSUFFICIENT(0x09A),
        SIGNATURE(0x09B),
        KEY(0x09C),
        POLICY_FAIL(0x09D),
        INTEGRITY(0x09F),
        TICKET(0x0A0),
        RESERVED_BITS(0x0A1),
        BAD_AUTH(0x0A2),
        EXPIRED(0x0A3),
        POLICY_CC(0x0A4),
        BINDING(0x0A5),
        CURVE(0x0A6),
        ECC_POINT(0x0A7),
        CONTEXT_GAP(0x901),
        OBJECT_MEMORY(0x902),
        SESSION_MEMORY(0x903),
        MEMORY(0x904),
        SESSION_HANDLES(0x905),
        OBJECT_HANDLES(0x906),
        LOCALITY(0x907),
        YIELDED(0x908),
        CANCELED(0x909),
        TESTING(0x90A),
        REFERENCE_H0(0x910),
        REFERENCE_H1(0x911),
        REFERENCE_S0(0x918),
        REFERENCE_S1(0x919),
        NV_RATE(0x920),
        LOCKOUT(0x921),
        RETRY(0x922),
        NV_UNAVAILABLE(0x923);

        private final int code;

        Failure(int code) {
            this.code = code;
        }
    }
}
