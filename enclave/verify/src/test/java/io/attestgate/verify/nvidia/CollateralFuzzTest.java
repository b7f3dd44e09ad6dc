package io.attestgate.verify.nvidia;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.PolicyField;
import io.attestgate.verify.x509.Links;
import io.attestgate.wire.JsonReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Manifests, answers, policies and what a certificate says are read from arbitrary bytes. */
final class CollateralFuzzTest {
    private static final X509Certificate ISSUER = PlayedNvidia.HOPPER.provisioner().certificate();
    private static final X509Certificate CERTIFICATE =
            PlayedNvidia.hopper().device.identity().certificate();

    @FuzzTest(maxDuration = "60s")
    void anArbitraryManifestListsSomethingOrIsAFault(byte[] input) {
        Rim.parse(input)
                .toOptional()
                .ifPresent(
                        rim -> {
                            if (rim.golden().isEmpty()
                                    || rim.golden().lastKey() > Golden.INDEX_MAX
                                    || rim.chain().size() < 2) {
                                throw new AssertionError(rim.version());
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryAnswerIsSignedByNobodyOfThisRun(byte[] input) {
        OcspAnswer.parse(input)
                .toOptional()
                .ifPresent(
                        answer -> {
                            if (!answer.about(CERTIFICATE, ISSUER).isEmpty()
                                    && answer.unsigned(ISSUER, new Links(), PlayedNvidia.NOW)
                                            .isEmpty()) {
                                throw new AssertionError("signed by a key of this run");
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryFileIsCollateralOrAFault(byte[] input) {
        if (input.length <= Bundle.FILE_BYTES_MAX) {
            Collateral.parse(Bundle.of("file", input))
                    .toOptional()
                    .ifPresent(
                            collateral -> {
                                if (collateral.rims().size() + collateral.answers().size() > 1) {
                                    throw new AssertionError("more than one of one file");
                                }
                            });
        }
    }

    @FuzzTest(maxDuration = "60s")
    void whatALeafSaysHasItsSizes(FuzzedDataProvider data) {
        byte[] name = data.consumeBytes(128);
        byte[] deviceId = data.consumeBytes(256);
        byte[] tcbInfo = data.consumeRemainingAsBytes();
        LeafExtensions.parse(
                        oid ->
                                switch (oid) {
                                    case LeafExtensions.ALTERNATIVE_NAME -> Optional.of(name);
                                    case LeafExtensions.DEVICE_ID ->
                                            Optional.of(deviceId).filter(id -> id.length > 0);
                                    case LeafExtensions.TCB_INFO ->
                                            Optional.of(tcbInfo).filter(info -> info.length > 0);
                                    default -> Optional.empty();
                                })
                .toOptional()
                .ifPresent(
                        leaf -> {
                            if (leaf.fwid().size() != 48 || !leaf.name().contains(leaf.chip())) {
                                throw new AssertionError(leaf.toString());
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryPolicyIsReadOrNamesItsFault(byte[] input) {
        JsonReader.parse(input, 64 * 1024)
                .toOptional()
                .ifPresent(
                        json -> {
                            try {
                                int count =
                                        new NvidiaPolicyReader()
                                                .read(new PolicyField("$.nvidia", json))
                                                .count();
                                if (count < 1) {
                                    throw new AssertionError("count: " + count);
                                }
                            } catch (MalformedException e) {
                                if (!e.fault().path().startsWith("$.nvidia")) {
                                    throw new AssertionError(e.fault().toString(), e);
                                }
                            }
                        });
        if (EvidenceKinds.policy(input).faults().stream()
                .anyMatch(fault -> fault.path().isEmpty())) {
            throw new AssertionError(new String(input, StandardCharsets.ISO_8859_1));
        }
    }
}
