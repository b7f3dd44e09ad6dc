package io.attestgate.attest.detection;

/** Whether a gateway may start on a lesser platform than the machine has. */
public enum LesserPlatform {
    /** Unless the bootstrap file, which is measured, says otherwise. */
    REFUSED,
    /** The bootstrap file says {@code lesserPlatform: accepted}. */
    ACCEPTED
}
