package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import java.util.Optional;

/** Where reductions short of finality are read. Called by one thread at a time. */
public interface EarlySource {

    /**
     * What the newest justified block beyond {@code point} has of reductions.
     *
     * @return empty where there is no newer one
     * @throws PolicyReadException if it is not to be had, or not to be believed
     */
    Optional<EarlyReading> read(PolicyPoint point) throws PolicyReadException;
}
