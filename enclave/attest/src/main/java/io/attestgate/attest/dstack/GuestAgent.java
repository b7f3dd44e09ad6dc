package io.attestgate.attest.dstack;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.ReportData;

/**
 * What this project asks of dstack's guest agent, on whichever of its surfaces answers.
 *
 * <p>The agent runs in the same trust domain and is measured with it. Nothing it says is believed
 * all the same that the quote does not show. Safe for use by several threads.
 */
interface GuestAgent {

    /** Which surface, for people. */
    String surface();

    /** A quote that is to carry {@code data}, and the log behind its registers. */
    Quoted quote(ReportData data) throws PlatformException;

    /**
     * The 32 bytes that the key provider has for this app under that name; the same each time, and
     * others on another surface.
     */
    @MustBeClosed
    SecretMemory key(String domain) throws PlatformException;

    /**
     * An agent's answer.
     *
     * @param quote of the trust domain
     * @param log the events of all four RTMRs, in the form of docs/evidence-dcap.md
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; ours alone.
    record Quoted(byte[] quote, byte[] log) {}
}
