package io.attestgate.verify.nitro;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.cbor.CborWriter;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyField;
import io.attestgate.verify.testpki.NitroDocument;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;

/** Messages, documents and policies are read from arbitrary bytes. */
final class DocumentFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void arbitraryBytesAreRefused(byte[] input) {
        if (PlayedAmazon.judge(input) instanceof Appraisal.Trusted) {
            throw new AssertionError("trusted, though the root was made for this run");
        }
        new NitroKind()
                .inspect(input)
                .toOptional()
                .ifPresent(
                        tree -> {
                            if (tree.members().size() != 5 || !new NitroKind().isLike(input)) {
                                throw new AssertionError("a document without fields");
                            }
                        });
    }

    /** Signed as it is: the reader of documents sees arbitrary payloads, and the judge after it. */
    @FuzzTest(maxDuration = "60s")
    void whatIsReadOfADocumentIsWhatItsBytesSay(byte[] payload) {
        Document document;
        try {
            document = Document.read(Octets.of(payload));
        } catch (MalformedException e) {
            return;
        }
        if (document.registers().length != document.form().measured().size() * Document.PCR_BYTES
                || document.fields().size() < 3 + document.pcrs().size()) {
            throw new AssertionError("a document without registers");
        }
        if (PlayedAmazon.judge(
                        CborWriter.write(
                                NitroDocument.enclave(
                                                PlayedAmazon.PKI,
                                                PlayedAmazon.SIGNER,
                                                PlayedAmazon.MADE)
                                        .message(payload, new byte[96])))
                instanceof Appraisal.Trusted) {
            throw new AssertionError("trusted without a signature");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void aPolicyThatIsReadIsWhole(byte[] input) {
        String part = new String(input, StandardCharsets.UTF_8);
        if (JsonReader.parse(part.getBytes(StandardCharsets.UTF_8), 16 * 1024)
                instanceof Parsed.Good<Json> good) {
            try {
                NitroPolicy policy =
                        (NitroPolicy)
                                new NitroPolicyReader(NitroPolicy.Enclaves::new)
                                        .read(new PolicyField("$.nitro", good.value()));
                if (!policy.accepted().maxAge().isPositive()
                        || policy.accepted().pcrs().values().stream()
                                .anyMatch(values -> values.isEmpty())) {
                    throw new AssertionError(policy.toString());
                }
            } catch (MalformedException e) {
                return;
            }
        }
    }
}
