package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.P256;

/**
 * The quote's signature data: the key that signed, the quoting enclave that made that key, and the
 * certification data that vouches for the enclave (TDX DCAP Quoting Library API, A.3.7 to A.3.11).
 *
 * @param signature over {@link Quote#signed}, by the attestation key
 * @param attestationKey {@code x || y} on P-256
 * @param qeReport the quoting enclave's report, whose data holds the hash of key and {@code
 *     qeAuthData}
 * @param qeReportSignature over {@code qeReport}, by the platform's certification key
 * @param qeAuthData whatever the quoting enclave added to that hash
 * @param certificationType 5 for a chain of certificates
 * @param certificationData the chain, in PEM
 */
public record QuoteSignature(
        Octets signature,
        Octets attestationKey,
        SgxReport qeReport,
        Octets qeReportSignature,
        Octets qeAuthData,
        int certificationType,
        Octets certificationData) {
    /** A chain of the PCK certificate, its authority and the root, in PEM. */
    static final int TYPE_PCK_CHAIN = 5;

    /** The quoting enclave's report, within which the certification data is; versions 4 and 5. */
    private static final int TYPE_QE_REPORT = 6;

    static QuoteSignature read(int version, ByteReader reader) throws MalformedException {
        Octets signature = reader.octets("signature", P256.SIGNATURE_BYTES);
        Octets attestationKey = reader.octets("attestation key", P256.KEY_BYTES);
        if (version == 3) {
            return within(signature, attestationKey, reader);
        }
        int type = reader.uint16("certification data type");
        if (type != TYPE_QE_REPORT) {
            throw new MalformedException(
                    "certification data type", Integer.toString(type), "6: QE report");
        }
        ByteReader inner = ByteReader.of(reader.bytes32("certification data"));
        reader.end("signature data");
        return within(signature, attestationKey, inner);
    }

    private static QuoteSignature within(Octets signature, Octets key, ByteReader reader)
            throws MalformedException {
        SgxReport qeReport = new SgxReport(reader.bytes("QE report", SgxReport.SIZE_BYTES));
        Octets qeReportSignature = reader.octets("QE report signature", P256.SIGNATURE_BYTES);
        Octets qeAuthData = Octets.of(reader.bytes16("QE authentication data"));
        int type = reader.uint16("certification data type");
        Octets data = Octets.of(reader.bytes32("certification data"));
        reader.end("certification data");
        return new QuoteSignature(
                signature, key, qeReport, qeReportSignature, qeAuthData, type, data);
    }
}
