package io.attestgate.attest.tpm;

import io.attestgate.attest.tpm.Channel.Primary;
import io.attestgate.attest.tpm.TpmException.Reason;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Quotes by the attestation key, in the form that verifiers read (docs/evidence-tpm.md).
 *
 * <p>The key is a primary of the endorsement hierarchy, so the same TPM makes the same one each
 * time, and nothing of it is kept.
 */
final class Quoting {
    /** How often the PCRs may change between the quote and the reading of their values. */
    private static final int ATTEMPTS_MAX = 3;

    private Quoting() {}

    /** The quote of {@code data}, with the values that it is over. */
    static byte[] quote(Channel channel, PcrSelection selection, ReportData data)
            throws TpmException {
        try (Primary key = channel.primary(Entity.ENDORSEMENT, EccPublic.attestation())) {
            for (int attempt = 1; ; attempt++) {
                TpmReader quote = quoted(channel, selection, data, key);
                byte[] attest = quote.sized("quoted");
                byte[] signature = quote.rest("signature");
                Pcrs pcrs = Pcrs.read(channel, selection);
                if (endsWith(attest, pcrs.digest())) {
                    return evidence(channel, key.key(), attest, signature, pcrs);
                }
                if (attempt >= ATTEMPTS_MAX) {
                    throw TpmException.of(
                            Reason.MALFORMED,
                            "TPM2_QUOTE",
                            "a digest of other PCRs",
                            "that of " + pcrs.digest() + "; Part 2 §10.12.1");
                }
            }
        }
    }

    private static TpmReader quoted(
            Channel channel, PcrSelection selection, ReportData data, Primary key)
            throws TpmException {
        TpmWriter parameters =
                new TpmWriter()
                        .sized(Digests.sha256(data.bytes()))
                        .uint16(Tpms.ALG_NULL)
                        .bytes(selection.toBytes());
        return channel.run(CommandCode.QUOTE, parameters, key.entity()).reader();
    }

    /** The digest is the last field of TPMS_ATTEST for a quote (Part 2 §10.12.8). */
    private static boolean endsWith(byte[] attest, Hash32 digest) {
        int at = attest.length - Hash32.SIZE_BYTES;
        return at >= 0
                && Arrays.equals(Arrays.copyOfRange(attest, at, attest.length), digest.bytes());
    }

    private static byte[] evidence(
            Channel channel, EccPublic key, byte[] attest, byte[] signature, Pcrs pcrs) {
        TpmName endorsement = channel.endorsement().entity().name();
        return CanonicalJson.write(
                Json.object(
                        "attest", Base64Url.write(attest),
                        "azure", new Json.Null(),
                        "certificates", new Json.Arr(List.of()),
                        "ek", Base64Url.write(endorsement.bytes()),
                        "eventLog", new Json.Null(),
                        "key", Base64Url.write(key.toBytes()),
                        "pcrs", json(pcrs),
                        "signature", Base64Url.write(signature),
                        "version", 1L));
    }

    private static Json json(Pcrs pcrs) {
        Map<String, Json> values = new LinkedHashMap<>();
        pcrs.values()
                .forEach(
                        (pcr, value) ->
                                values.put(
                                        Integer.toString(pcr),
                                        new Json.Text(Base64Url.write(value.bytes()))));
        return Json.object(pcrs.selection().bank().spelling(), new Json.Obj(values));
    }
}
