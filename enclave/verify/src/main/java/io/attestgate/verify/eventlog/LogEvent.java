package io.attestgate.verify.eventlog;

import io.attestgate.verify.evidence.Octets;

/**
 * One event of a log: what was measured, and the digest that went into a register.
 *
 * @param register the index of the register, as the log counts
 * @param type of the event (TCG PC Client Platform Firmware Profile, 10.4.1)
 * @param digest of the bank that was asked for
 * @param data what the log says was measured; the digest need not be that of these bytes
 */
public record LogEvent(int register, long type, Octets digest, Octets data) {}
