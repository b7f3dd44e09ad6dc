package io.attestgate.client;

import io.attestgate.verify.HardwareSource;

/**
 * How a reader judges hardware.
 *
 * @param source the roots, states and advisories that pass, and where what vendors publish comes
 *     from; it is believed in nothing
 * @param from the same in words, for the verdict
 */
public record HardwareReader(HardwareSource source, String from) {}
