package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.Fields;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.util.SortedMap;

/**
 * The report body of an SGX enclave, 384 bytes (SGX ECDSA Quote Library API, A.4, enclave report
 * body). Quotes of both kinds also carry that of the quoting enclave which signed them.
 */
public final class SgxReport implements QuoteBody {
    public static final int SIZE_BYTES = 384;

    /** SECS.ATTRIBUTES.DEBUG (Intel SDM, volume 3, 35.7.1). */
    private static final int DEBUG = 0x02;

    private final byte[] bytes;
    private final Fields fields;

    SgxReport(byte[] bytes) {
        this.bytes = bytes.clone();
        this.fields =
                Fields.cut(
                        bytes,
                        "cpuSvn",
                        16,
                        "miscSelect",
                        4,
                        ".reserved1",
                        12,
                        "isvExtProdId",
                        16,
                        "attributes",
                        16,
                        "mrEnclave",
                        32,
                        ".reserved2",
                        32,
                        "mrSigner",
                        32,
                        ".reserved3",
                        32,
                        "configId",
                        64,
                        "isvProdId",
                        2,
                        "isvSvn",
                        2,
                        "configSvn",
                        2,
                        ".reserved4",
                        42,
                        "isvFamilyId",
                        16,
                        "reportData",
                        64);
    }

    /** Reads exactly the 384 bytes of a body, as the processor also hands them out locally. */
    public static Parsed<SgxReport> parse(byte[] bytes) {
        return bytes.length == SIZE_BYTES
                ? Parsed.good(new SgxReport(bytes))
                : Parsed.bad(new Fault("enclave report", bytes.length + " bytes", "384 bytes"));
    }

    /** A copy of all 384 bytes. */
    byte[] bytes() {
        return bytes.clone();
    }

    Octets field(String name) {
        return fields.octets(name);
    }

    int isvProdId() {
        return fields.uint16("isvProdId");
    }

    int isvSvn() {
        return fields.uint16("isvSvn");
    }

    @Override
    public Tee tee() {
        return Tee.SGX;
    }

    @Override
    public int type() {
        return TYPE_SGX;
    }

    @Override
    public Octets reportData() {
        return field("reportData");
    }

    @Override
    public boolean isDebug() {
        return (field("attributes").at(0) & DEBUG) != 0;
    }

    /** An enclave's pages are bound to their processor. */
    @Override
    public boolean isMigratable() {
        return false;
    }

    @Override
    public byte[] registers() {
        return fields.concatenated("mrEnclave", "mrSigner", "isvProdId", "isvSvn", "attributes");
    }

    @Override
    public SortedMap<String, String> fields() {
        return fields.hex();
    }
}
