package io.attestgate.verify.dcap;

import java.time.Instant;

/** A document that says from when on it holds and when its next issue is due. */
interface Dated {
    Instant issueDate();

    Instant nextUpdate();
}
