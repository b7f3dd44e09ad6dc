package io.attestgate.attest.tsm;

import io.attestgate.verify.evidence.Octets;

/**
 * What one conversation gave, believed in nothing.
 *
 * @param provider who made it, such as {@code tdx_guest}
 * @param outblob the report
 * @param auxblob what the host adds to it; empty if nothing
 */
record TsmReport(String provider, Octets outblob, Octets auxblob) {}
