package io.attestgate.collateral;

import java.util.Locale;

/** Which of a vendor's documents: Intel publishes a TCB recovery twice. */
public enum Update {
    /** As soon as the advisories are public. */
    EARLY,
    /** Once operators have had their time to update. */
    STANDARD;

    /** As Intel's service spells it. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }
}
