package io.attestgate.verify.nvidia;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Real reports, what they are held against, and when that holds. */
final class NvidiaVectors {
    static final String EVIDENCE = "evidence/nvidia/";
    static final String GO = "collateral/go-nvattest-tools/testing/testdata/";
    static final String SDK =
            "collateral/nvidia-attestation-sdk/nv-attestation-sdk-cpp/unit-tests/testdata/";
    static final String TRUSTEE = "collateral/trustee/deps/verifier/test_data/nvidia/";

    static final String COMPLETE = "gh100-550.90.07-with-rims";
    static final String DRIVER = GO + "rim/NV_GPU_DRIVER_GH100_550.90.07.xml";
    static final String VBIOS = GO + "rim/NV_GPU_VBIOS_1010_0200_882_96009F0001.xml";
    static final String COMPLETE_NONCE =
            "931d8dd0add203ac3d8b4fbde75e115278eefcdceac5b87671a748f32364dfcb";

    /** Inside the answers about devices, and inside those about manifests: a day each. */
    static final Instant DEVICE_DAY = Instant.parse("2025-08-21T12:00:00Z");

    static final Instant RIM_DAY = Instant.parse("2025-10-24T12:00:00Z");

    /** Of no answer. */
    static final Instant BETWEEN = Instant.parse("2025-09-15T00:00:00Z");

    private static final Instant END = Instant.parse("2099-01-01T00:00:00Z");

    private NvidiaVectors() {}

    static List<String> deviceAnswers() {
        return List.of(
                answer("gpu_certificate_l2"),
                answer("gpu_certificate_l3"),
                answer("gpu_certificate_l4"));
    }

    static List<String> rimAnswers() {
        return List.of(
                answer("gpu_rim_l2"),
                answer("gpu_driver_rim_l3"),
                answer("gpu_driver_rim_l4"),
                answer("gpu_vbios_l4"));
    }

    private static String answer(String name) {
        return GO + "ocsp/test_" + name + "_base64encoded_ocsp_response.dat";
    }

    static String chain(String name) {
        return EVIDENCE + name + ".chain.pem";
    }

    static byte[] report(String name) {
        return RealVectors.read(EVIDENCE + name + ".spdm.bin");
    }

    @SafeVarargs
    static Bundle bundle(List<String>... files) {
        List<String> names = new ArrayList<>();
        for (List<String> some : files) {
            names.addAll(some);
        }
        return new Bundle(RealVectors.files(names));
    }

    /** What the vectors have: both chips, every mode, one GPU, floors at the first of each. */
    static NvidiaPolicy accepted(Revocation ocsp) {
        return new NvidiaPolicy(
                Set.of(Verifier.DEVICE_ROOT),
                Set.of(Verifier.RIM_ROOT),
                Set.of("GH100", "GB100"),
                Set.of(Mode.values()),
                1,
                NvidiaPolicy.Fwid.IF_REPORTED,
                ocsp,
                Map.of(
                        "535", Version.driver("535.86.09").orElseThrow(),
                        "550", Version.driver("550.90.07").orElseThrow()),
                Map.of("1010_0200_882", Version.vbios("96.00.5E.00.01").orElseThrow()));
    }

    static AppraisalPolicy policy(NvidiaPolicy accepted) {
        return new AppraisalPolicy(
                        Set.copyOf(Verifier.NAMED_ROOTS.values()),
                        Map.of(TcbState.UNJUDGED, END),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(accepted);
    }

    static AppraisalPolicy policy(Revocation ocsp) {
        return policy(accepted(ocsp));
    }

    static Appraisal.Trusted trusted(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> trusted;
            case Refusal refusal -> throw new AssertionError(refusal.toString());
        };
    }

    static Check check(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> throw new AssertionError("trusted, " + trusted.tcb());
            case Refusal refusal -> refusal.check();
        };
    }

    /** One device of a system whose evidence was kept as Python's objects. */
    record Kept(Octets report, Octets chain) {}

    static List<Kept> kept(String file, String list) {
        Json json =
                JsonReader.parse(RealVectors.read(GO + file), Bundle.FILE_BYTES_MAX)
                        .toOptional()
                        .orElseThrow();
        List<Kept> all = new ArrayList<>();
        for (Json one : ((Json.Arr) member(json, list)).elements()) {
            boolean gpu = list.equals("gpus");
            Json report = member(one, gpu ? "AttestationReport" : "attestation_report");
            Json chain =
                    gpu
                            ? member(
                                    member(one, "CertificateChains"),
                                    "GpuAttestationCertificateChain")
                            : member(one, "attestation_cert_chain");
            all.add(
                    new Kept(
                            Octets.of(base64(member(report, "py/b64"))),
                            Octets.of(pems((Json.Arr) chain))));
        }
        return all;
    }

    private static byte[] pems(Json.Arr chain) {
        StringBuilder all = new StringBuilder();
        chain.elements().forEach(one -> all.append(text(base64(member(one, "pem")))).append('\n'));
        return all.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }

    private static Json member(Json json, String name) {
        return ((Json.Obj) json).get(name).orElseThrow();
    }

    private static byte[] base64(Json json) {
        return Base64.getMimeDecoder().decode(((Json.Text) json).value());
    }
}
