package io.attestgate.attest.tpm;

/** The constants of Part 2 that are used here. */
final class Tpms {
    /** Part 2 §6.9, TPM_ST. */
    static final int ST_NO_SESSIONS = 0x8001;

    static final int ST_SESSIONS = 0x8002;
    static final int ST_VERIFIED = 0x8022;

    /** Part 2 §6.3, TPM_ALG_ID. */
    static final int ALG_AES = 0x0006;

    static final int ALG_KEYEDHASH = 0x0008;
    static final int ALG_SHA256 = 0x000B;
    static final int ALG_SHA384 = 0x000C;
    static final int ALG_NULL = 0x0010;
    static final int ALG_ECDSA = 0x0018;
    static final int ALG_ECC = 0x0023;
    static final int ALG_CFB = 0x0043;

    /** Part 2 §6.4, TPM_ECC_CURVE. */
    static final int ECC_NIST_P256 = 0x0003;

    /** Part 2 §7.4, TPM_RH. */
    static final int RH_OWNER = 0x40000001;

    static final int RH_NULL = 0x40000007;
    static final int RS_PW = 0x40000009;
    static final int RH_ENDORSEMENT = 0x4000000B;

    /** Part 2 §6.11, TPM_SE. */
    static final int SE_HMAC = 0x00;

    static final int SE_POLICY = 0x01;

    /** Part 2 §6.8, TPM_EO. */
    static final int EO_EQ = 0x0000;

    private Tpms() {}
}
