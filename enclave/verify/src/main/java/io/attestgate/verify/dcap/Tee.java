package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;

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

    /** Reads the {@code id} of a document. */
    static Tee parse(JsonFields fields) throws MalformedException {
        String id = fields.text("id");
        for (Tee tee : values()) {
            if (tee.tcbInfoId.equals(id)) {
                return tee;
            }
        }
        throw fields.fault("id", "SGX or TDX");
    }

    long type() {
        return type;
    }

    /** Its name in the measurement. */
    public String platform() {
        return platform;
    }

    /** The {@code id} of its TCB info. */
    public String tcbInfoId() {
        return tcbInfoId;
    }

    /** The {@code id} of the identity of its quoting enclave. */
    public String identityId() {
        return identityId;
    }
}
