package io.attestgate.attest.tpm;

/** The commands that are sent here, each with its clause (Part 2 §6.5.2, Part 3). */
enum CommandCode {
    NV_UNDEFINE_SPACE(0x122, 1, "Part 3 §31.4"),
    NV_DEFINE_SPACE(0x12A, 1, "Part 3 §31.3"),
    CREATE_PRIMARY(0x131, 1, "Part 3 §24.1"),
    NV_INCREMENT(0x134, 1, "Part 3 §31.8"),
    NV_EXTEND(0x136, 1, "Part 3 §31.9"),
    ACTIVATE_CREDENTIAL(0x147, 2, "Part 3 §12.5"),
    POLICY_NV(0x149, 1, "Part 3 §23.9"),
    NV_READ(0x14E, 1, "Part 3 §31.13"),
    POLICY_SECRET(0x151, 1, "Part 3 §23.4"),
    CREATE(0x153, 1, "Part 3 §12.1"),
    LOAD(0x157, 1, "Part 3 §12.2"),
    QUOTE(0x158, 1, "Part 3 §18.4"),
    UNSEAL(0x15E, 1, "Part 3 §12.7"),
    FLUSH_CONTEXT(0x165, 0, "Part 3 §28.4"),
    LOAD_EXTERNAL(0x167, 0, "Part 3 §12.3"),
    NV_READ_PUBLIC(0x169, 0, "Part 3 §31.6"),
    POLICY_AUTHORIZE(0x16A, 0, "Part 3 §23.16"),
    START_AUTH_SESSION(0x176, 0, "Part 3 §11.1"),
    VERIFY_SIGNATURE(0x177, 0, "Part 3 §20.1"),
    GET_RANDOM(0x17B, 0, "Part 3 §16.1"),
    PCR_READ(0x17E, 0, "Part 3 §22.4"),
    POLICY_PCR(0x17F, 0, "Part 3 §23.7"),
    PCR_EXTEND(0x182, 1, "Part 3 §22.2");

    private final int code;
    private final int authorisedHandles;
    private final String clause;

    CommandCode(int code, int authorisedHandles, String clause) {
        this.code = code;
        this.authorisedHandles = authorisedHandles;
        this.clause = clause;
    }

    int code() {
        return code;
    }

    /** How many of its first handles need a session of their own. */
    int authorisedHandles() {
        return authorisedHandles;
    }

    /** Whether a handle stands before its answer's parameters. */
    boolean answersHandle() {
        return switch (this) {
            case CREATE_PRIMARY, LOAD, LOAD_EXTERNAL, START_AUTH_SESSION -> true;
            default -> false;
        };
    }

    /** What of it nobody on the bus may read, if anything. */
    Secret secret() {
        return switch (this) {
            case CREATE, NV_DEFINE_SPACE -> Secret.FIRST_PARAMETER;
            case UNSEAL, GET_RANDOM, ACTIVATE_CREDENTIAL -> Secret.ANSWER;
            default -> Secret.NONE;
        };
    }

    /** The one part of a command or answer that a session encrypts (Part 1 §21). */
    enum Secret {
        NONE,
        FIRST_PARAMETER,
        ANSWER
    }

    String clause() {
        return clause;
    }

    /** {@code TPM2_NV_READ}. */
    String label() {
        return "TPM2_" + name();
    }
}
