package io.attestgate.verify.tpm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.azure.HclReport;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.PolicyField;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.wire.JsonReader;
import java.util.Arrays;
import java.util.Optional;

/** Everything that a peer or an auditor's folder holds is read from arbitrary bytes. */
final class EncodingFuzzTest {
    private static final TpmQuote KNOWN = TpmQuote.of(TpmKey.attesting());

    @FuzzTest(maxDuration = "60s")
    void anArbitraryQuoteIsReadWholeOrNotAtAll(byte[] input) {
        Attest.parse(input)
                .toOptional()
                .ifPresent(
                        attest -> {
                            if (!Arrays.equals(attest.bytes().bytes(), input)
                                    || Claims.of(attest).size() != 9) {
                                throw new AssertionError(attest.toString());
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitrarySignatureIsWrittenAsItWasAndIsNobodys(byte[] input) {
        TpmSignature.parse(input)
                .toOptional()
                .ifPresent(
                        signature -> {
                            if (!Arrays.equals(signature.toBytes(), input)) {
                                throw new AssertionError("another spelling");
                            }
                            Attest attest = Attest.parse(KNOWN.attest()).toOptional().orElseThrow();
                            if (signature.isOf(KNOWN.key.keys.getPublic(), attest.bytes())) {
                                throw new AssertionError("of a key made for this run");
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryPublicAreaHasAName(byte[] input) {
        AttestationKey.parse(input)
                .toOptional()
                .ifPresent(
                        key -> {
                            if (key.area().isPresent() != key.name().isPresent()
                                    || !Arrays.equals(key.toOctets().bytes(), input)) {
                                throw new AssertionError(key.toString());
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void arbitraryEvidenceIsWrittenAsItWasAndNotTrusted(byte[] input) {
        TpmEvidence.parse(input)
                .toOptional()
                .filter(evidence -> evidence.azure().isEmpty())
                .ifPresent(
                        evidence -> {
                            if (!Arrays.equals(evidence.toBytes(), input)) {
                                throw new AssertionError("another spelling");
                            }
                        });
        judge(input, Bundle.empty());
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryHclReportIsShown(byte[] input) {
        if (HclReport.isLike(input)
                && HclReport.parse(input).toOptional().isPresent()
                && PlayedTpm.KIND.inspect(input).toOptional().isEmpty()) {
            throw new AssertionError("read and not shown");
        }
    }

    /** An auditor's folder, in which one file of each kind is these bytes. */
    @FuzzTest(maxDuration = "60s")
    void arbitraryPartsBesideAQuoteAreNotTrusted(byte[] input) {
        if (input.length > Bundle.FILE_BYTES_MAX) {
            return;
        }
        byte[] signature = KNOWN.key.sign(KNOWN.attest());
        for (String changed :
                new String[] {
                    "x.pcrs.json",
                    "x.ak.spki.der",
                    "x.hcl.bin",
                    "x.hcl-runtime-vardata.json",
                    "x.sig",
                    "x.eventlog.bin"
                }) {
            java.util.TreeMap<String, byte[]> files = new java.util.TreeMap<>();
            files.put("x.tpmt_signature.bin", signature);
            files.put("x.report.bin", input);
            files.put(changed, input);
            judge(KNOWN.attest(), new Bundle(files));
        }
    }

    private static void judge(byte[] evidence, Bundle collateral) {
        if (PlayedTpm.KIND.verify(
                        evidence,
                        collateral,
                        PlayedTpm.policy(PlayedTpm.accepting(PlayedTpm.chained())),
                        Optional.empty(),
                        PlayedTpm.NOW)
                instanceof Appraisal.Trusted) {
            throw new AssertionError("trusted, though the root was made for this run");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryPartOfAPolicySelectsSomething(byte[] input) {
        JsonReader.parse(input, 65_536)
                .toOptional()
                .ifPresent(
                        json -> {
                            try {
                                TpmPolicy policy =
                                        new TpmPolicyReader().read(new PolicyField("$.tpm", json));
                                if (policy.pcrs().selection().pcrs().isEmpty()) {
                                    throw new AssertionError("a policy of no PCRs");
                                }
                            } catch (MalformedException e) {
                                if (!e.fault().path().startsWith("$.tpm")) {
                                    throw new AssertionError("a fault of nothing", e);
                                }
                            }
                        });
    }
}
