package io.attestgate.verify.tpm;

import io.attestgate.verify.azure.AzureEvidence;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.Optional;

/**
 * A quote with all that it takes to judge it (docs/evidence-tpm.md, evidence); believed in nothing.
 *
 * @param attest what was signed
 * @param signature over it
 * @param key that signed; empty where a certificate or a hardware report has it
 * @param pcrs the values, at least those that were quoted
 * @param eventLog what went into them, in the crypto-agile format
 * @param certificates the key's own first, then its issuers', in DER
 * @param endorsementKey the Name of the EK in whose TPM the key is, as the attester says
 * @param azure what vouches for the key of an Azure confidential machine
 */
public record TpmEvidence(
        Attest attest,
        TpmSignature signature,
        Optional<AttestationKey> key,
        PcrValues pcrs,
        Optional<Octets> eventLog,
        List<Octets> certificates,
        Optional<Octets> endorsementKey,
        Optional<AzureEvidence> azure) {
    /** What a member of an envelope may have. */
    public static final int SIZE_BYTES_MAX = CmwRecord.VALUE_BYTES_MAX;

    public static final int VERSION = 1;

    public TpmEvidence {
        certificates = List.copyOf(certificates);
    }

    /** A quote by a key of which the TPM's own description is known, and nothing else yet. */
    public static TpmEvidence of(
            Attest attest, TpmSignature signature, TpmPublic key, PcrValues pcrs) {
        return new TpmEvidence(
                attest,
                signature,
                Optional.of(new AttestationKey(key.key(), Optional.of(key))),
                pcrs,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    public TpmEvidence withEventLog(Octets log) {
        return new TpmEvidence(
                attest,
                signature,
                key,
                pcrs,
                Optional.of(log),
                certificates,
                endorsementKey,
                azure);
    }

    /** The key's certificate first, then its issuers'. */
    public TpmEvidence withCertificates(List<Octets> chain) {
        return new TpmEvidence(
                attest, signature, key, pcrs, eventLog, chain, endorsementKey, azure);
    }

    /** The EK's Name, of which a reader must have a record of his own. */
    public TpmEvidence withEndorsementKey(Octets name) {
        return new TpmEvidence(
                attest, signature, key, pcrs, eventLog, certificates, Optional.of(name), azure);
    }

    public TpmEvidence withAzure(AzureEvidence vouching) {
        return new TpmEvidence(
                attest,
                signature,
                key,
                pcrs,
                eventLog,
                certificates,
                endorsementKey,
                Optional.of(vouching));
    }

    /** Reads all of the bytes, which must be canonical JSON of at most 256 KiB. */
    public static Parsed<TpmEvidence> parse(byte[] json) {
        return TpmEvidenceReader.parse(json);
    }

    /** The canonical JSON; an HCL report is written as its two parts. */
    public byte[] toBytes() {
        return CanonicalJson.write(
                Json.object(
                        "attest", text(attest.bytes()),
                        "azure", azure.<Json>map(TpmEvidence::json).orElseGet(Json.Null::new),
                        "certificates", texts(certificates),
                        "ek", nullable(endorsementKey),
                        "eventLog", nullable(eventLog),
                        "key", nullable(key.map(AttestationKey::toOctets)),
                        "pcrs", pcrs.toJson(),
                        "signature", Base64Url.write(signature.toBytes()),
                        "version", VERSION));
    }

    private static Json json(AzureEvidence azure) {
        return Json.object(
                "certificates", texts(azure.certificates()),
                "hardware", text(azure.hardware()),
                "hcl", new Json.Null(),
                "runtime", text(azure.runtime().bytes()));
    }

    private static Json texts(List<Octets> all) {
        return Json.Arr.of(all.stream().map(TpmEvidence::text).toList());
    }

    private static Json nullable(Optional<Octets> octets) {
        return octets.<Json>map(one -> new Json.Text(text(one))).orElseGet(Json.Null::new);
    }

    private static String text(Octets octets) {
        return Base64Url.write(octets.bytes());
    }
}
