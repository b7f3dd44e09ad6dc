package io.attestgate.verify.tpm;

import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of a quote by name, in hexadecimal; counts in decimal digits. */
final class Claims {
    /** The field that holds what the caller asked to be in it. */
    static final String EXTRA_DATA = "extraData";

    private Claims() {}

    static SortedMap<String, String> of(Attest attest) {
        SortedMap<String, String> claims = new TreeMap<>();
        claims.put("qualifiedSigner", attest.qualifiedSigner().toString());
        claims.put(EXTRA_DATA, attest.extraData().toString());
        claims.put("clock", attest.clock().milliseconds().toString());
        claims.put("resetCount", Long.toString(attest.clock().resetCount()));
        claims.put("restartCount", Long.toString(attest.clock().restartCount()));
        claims.put("safe", Boolean.toString(attest.clock().safe()));
        claims.put("firmwareVersion", attest.firmwareVersion().toString());
        claims.put("selection", PcrSelection.spell(attest.selections()));
        claims.put("pcrDigest", attest.pcrDigest().toString());
        return claims;
    }
}
