package io.attestgate.certificate.renewal;

import java.util.Locale;

/** What the keeper counts, for metrics. */
public enum Outcome {
    ORDER_PLACED,
    /** An order of an earlier life of this process was taken up again. */
    ORDER_RESUMED,
    ISSUED,
    ORDER_FAILED,
    AUTHORITY_UNREACHABLE,
    RATE_LIMITED,
    /** The authority issued something that does not fit key, name or time. */
    CERTIFICATE_REFUSED,
    EVIDENCE_FAILED,
    SEALED_STATE_FAILED;

    /** As metrics write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
