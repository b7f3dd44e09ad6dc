package io.attestgate.verify;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.verify.claims.MeshClaims;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.nvidia.NvidiaPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The GPUs of an envelope together, each judged by itself: as many as the reader's policy names, of
 * which each stands and is another device. Whoever else vouches for the claims, they have to be so.
 * That they stand in the processor's machine no report says: it rests on the measured driver.
 */
record GpuLegs(List<Leg> legs, AppraisalPolicy policy) {
    private static final String CLAUSE = "docs/evidence-nvidia.md, several GPUs";

    /** What is wrong with them as a set; empty if nothing is, or nobody asks for any. */
    Optional<Refusal> refusal(Claims claims) {
        boolean mayHaveGpus = claims instanceof EndpointClaims || claims instanceof MeshClaims;
        return policy.part(NvidiaPolicy.class)
                .filter(accepted -> mayHaveGpus)
                .flatMap(accepted -> fallen().or(() -> count(accepted.count())).or(this::twice));
    }

    private Optional<Refusal> fallen() {
        return legs.stream()
                .filter(GpuLegs::isGpu)
                .filter(Leg.Failed.class::isInstance)
                .map(leg -> ((Leg.Failed) leg).refusal())
                .findFirst();
    }

    private Optional<Refusal> count(int expected) {
        long found = legs.stream().filter(GpuLegs::isGpu).count();
        return found == expected
                ? Optional.empty()
                : refused(found + " GPUs", expected + ", as the policy says");
    }

    private Optional<Refusal> twice() {
        Set<String> seen = new HashSet<>();
        for (Leg leg : legs) {
            for (String device : devices(leg)) {
                if (!seen.add(device)) {
                    return refused(leg.member() + ": " + device, "each GPU another device");
                }
            }
        }
        return Optional.empty();
    }

    /** By which a GPU is known: its number, and the key that was made in it. */
    private static List<String> devices(Leg leg) {
        List<String> devices = new ArrayList<>();
        if (isGpu(leg) && leg instanceof Leg.Held held) {
            held.appraisal()
                    .ifPresent(
                            trusted -> {
                                devices.add(trusted.identity().get("deviceSerial"));
                                devices.add(trusted.identity().get("deviceKey"));
                            });
        }
        return devices;
    }

    private static boolean isGpu(Leg leg) {
        return Members.isGpu(leg.member());
    }

    private static Optional<Refusal> refused(String found, String expected) {
        return Optional.of(new Refusal(Check.GPU, found, expected, CLAUSE));
    }
}
