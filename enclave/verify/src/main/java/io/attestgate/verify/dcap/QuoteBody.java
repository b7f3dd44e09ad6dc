package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.Octets;
import java.util.SortedMap;

/** What a quote is about: the report of an SGX enclave or of a trust domain. */
public sealed interface QuoteBody permits SgxReport, TdReport {
    /** The forms of version 5 (TDX DCAP Quoting Library API, A.4). */
    int TYPE_SGX = 1;

    int TYPE_TD_1_0 = 2;
    int TYPE_TD_1_5 = 3;
    int TYPE_TD_1_5_EX = 4;

    Tee tee();

    /** The number of its form, which a quote of version 5 states: 1 to 4. */
    int type();

    /** The 64 bytes that the measured code chose. */
    Octets reportData();

    /** Whether somebody can look into what runs. */
    boolean isDebug();

    /** Whether something else may take over what runs, with its memory. */
    boolean isMigratable();

    /** The bytes that docs/measurement.md lists for this platform, concatenated. */
    byte[] registers();

    /** Every field by name, in hexadecimal. */
    SortedMap<String, String> fields();
}
