package io.attestgate.verify.evidence;

import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a verifier says about one platform's report, held against collateral, policy and an instant.
 */
public sealed interface Appraisal permits Appraisal.Trusted, Refusal {

    /**
     * Every check of its kind holds.
     *
     * @param report what it says, in the terms that all platforms share
     * @param claims the report's fields by name, in hexadecimal, as it has them
     * @param identity what allow lists need, by name, in hexadecimal: PPID, platform instance id,
     *     CHIP_ID; and the vendor's names as he spells them
     * @param tcb the state of the platform, as its vendor judges
     * @param advisories those that still apply to it
     * @param roots SHA-256 of the certificates that the verdict ends in, each pinned by the reader;
     *     empty where he pinned a key itself
     * @param expiry the first instant at which any part of this verdict no longer holds
     */
    record Trusted(
            PlatformReport report,
            SortedMap<String, String> claims,
            SortedMap<String, String> identity,
            TcbState tcb,
            SortedSet<String> advisories,
            SortedSet<Hash32> roots,
            Instant expiry)
            implements Appraisal {
        public Trusted {
            claims = Collections.unmodifiableSortedMap(new TreeMap<>(claims));
            identity = Collections.unmodifiableSortedMap(new TreeMap<>(identity));
            advisories = Collections.unmodifiableSortedSet(new TreeSet<>(advisories));
            roots = Collections.unmodifiableSortedSet(new TreeSet<>(roots));
        }
    }
}
