package io.attestgate.verify.evidence;

/** What is checked about evidence, in the order in which a verifier goes. */
public enum Check {
    /** The claims are well formed and of the role that was asked for. */
    CLAIMS,
    /** They are neither too old nor from the future. */
    TIME,
    /** They answer the nonce that was sent. */
    NONCE,
    /** They speak of the host that was asked. */
    HOST,
    /** They name the TLS key on the other end of the connection. */
    TLS_KEY,
    /** They are bound to the connection in the way that was asked for. */
    BINDING,
    /** They name the contract on the chain that was asked for. */
    POLICY,
    /** The evidence has the members that can be judged, and no others. */
    MEMBERS,
    /** The platform is one that the reader accepts by name. */
    PLATFORM,
    /** The report is well formed and signed by its root. */
    REPORT,
    /** The report carries the hash of these claims. */
    REPORT_DATA,
    /** The GPUs in the claims are those in the evidence. */
    GPU,
    /** The single machine in the claims is the one in the report. */
    INSTANCE,
    /** The report and the claims name the same bootstrap file. */
    CONFIG,
    /** What runs is on the reader's list. */
    MEASUREMENT
}
