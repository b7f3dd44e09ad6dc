package io.attestgate.verify;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.simulated.DevelopmentRoot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One piece of evidence in an envelope, judged. Each stands on a root of its own. */
public sealed interface Leg {

    /** Its name in the envelope, such as {@code cpu}. */
    String member();

    /** Its kind, such as {@code tdx}. */
    String kind();

    /**
     * It is genuine, and speaks for the claims.
     *
     * @param report what it says, in the terms that all platforms share
     * @param appraisal what its vendor's collateral says; empty for the simulated platform
     */
    record Held(
            String member,
            String kind,
            PlatformReport report,
            Optional<Appraisal.Trusted> appraisal)
            implements Leg {

        /** What it ends in; empty where the reader pinned a key itself. */
        public List<RootOfTrust> roots() {
            return appraisal
                    .map(trusted -> trusted.roots().stream().map(RootOfTrust::of).toList())
                    .orElseGet(() -> List.of(RootOfTrust.of(DevelopmentRoot.SHA256)));
        }

        /** Who must be honest for it to hold. */
        Set<String> vendors() {
            return roots().stream().map(RootOfTrust::vendor).collect(Collectors.toSet());
        }

        /** When it no longer holds; empty if that is the claims' to say. */
        public Optional<Instant> expiry() {
            return appraisal.map(Appraisal.Trusted::expiry);
        }
    }

    /**
     * It is not.
     *
     * @param refusal the first check that failed
     */
    record Failed(String member, String kind, Refusal refusal) implements Leg {}
}
