package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Expiry;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges evidence of one GPU or of several together, and stops at the first check that fails
 * (docs/evidence-nvidia.md).
 */
public final class Verifier {
    /** SHA-256 of the certificate of NVIDIA Device Identity CA (2021 to 9999). */
    public static final Hash32 DEVICE_ROOT =
            pin("0x102bf659d5419614c9d8e6aecebc80454eb26b1df6a769ac720b9a690b167b48");

    /** SHA-256 of the certificate of NVIDIA CoRIM signing Root CA (2023 to 2053). */
    public static final Hash32 RIM_ROOT =
            pin("0x12977b5115acb0381179279fffeb5a8c4d264971ebb32298023a465fa41df5d1");

    /** Roots that a policy may call by name. */
    public static final Map<String, Hash32> NAMED_ROOTS =
            Map.of("nvidia-device", DEVICE_ROOT, "nvidia-rim", RIM_ROOT);

    private Verifier() {}

    /**
     * Judges evidence; never throws for what it or the collateral holds.
     *
     * @param nonce 32 bytes that every report must answer; empty if the caller checks them
     */
    public static Appraisal verify(
            NvidiaEvidence evidence,
            Collateral collateral,
            AppraisalPolicy policy,
            Optional<Octets> nonce,
            Instant now) {
        Optional<NvidiaPolicy> accepted = policy.part(NvidiaPolicy.class);
        if (accepted.isEmpty()) {
            return new Refusal(
                    Check.TCB_LEVEL,
                    "a policy without the member nvidia",
                    "what the reader accepts of GPUs: NVIDIA publishes no levels",
                    "docs/evidence-nvidia.md, policy");
        }
        Question question = new Question(collateral, policy, accepted.get(), now, new Expiry());
        try {
            List<Gpu> gpus = new ArrayList<>();
            for (GpuEvidence one : evidence.gpus()) {
                gpus.add(GpuCheck.judge(one, question, nonce));
            }
            return new GpuSet(gpus).judge(question);
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    /** Reads evidence in any of its forms, and judges it. */
    public static Appraisal verify(
            byte[] evidence,
            Collateral collateral,
            AppraisalPolicy policy,
            Optional<Octets> nonce,
            Instant now) {
        return switch (NvidiaEvidence.parse(evidence)) {
            case Parsed.Bad<NvidiaEvidence> bad ->
                    Refusal.of(Check.REPORT, bad, "DMTF DSP0274 1.1, MEASUREMENTS");
            case Parsed.Good<NvidiaEvidence> good ->
                    verify(good.value(), collateral, policy, nonce, now);
        };
    }

    private static Hash32 pin(String sha256) {
        return Hash32.parse(sha256).orElseThrow();
    }
}
