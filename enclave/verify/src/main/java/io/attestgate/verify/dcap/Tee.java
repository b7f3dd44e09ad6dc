package io.attestgate.verify.dcap;

/** Whose quote it is: the TEE type of the quote's header. */
public enum Tee {
    SGX(0x00, "sgx", "SGX", "QE"),
    TDX(0x81, "tdx", "TDX", "TD_QE");

    private final long type;
    private final String platform;
    private final String tcbInfoId;
    private final String identityId;

    Tee(long type, String platform, String tcbInfoId, String identityId) {
        this.type = type;
        this.platform = platform;
        this.tcbInfoId = tcbInfoId;
        this.identityId = identityId;
    }

    long type() {
        return type;
    }

    /** Its name in the measurement. */
    public String platform() {
        return platform;
    }

    /** The {@code id} of its TCB info. */
    String tcbInfoId() {
        return tcbInfoId;
    }

    /** The {@code id} of the identity of its quoting enclave. */
    String identityId() {
        return identityId;
    }
}
