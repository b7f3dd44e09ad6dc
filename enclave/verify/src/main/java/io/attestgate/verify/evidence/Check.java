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
    /** Each member is of a kind that its name is for; the reader accepts the leading by name. */
    PLATFORM,
    /** The report is well formed; for a platform without collateral, also signed by its root. */
    REPORT,
    /** The report's certificates end in a root that the reader pinned. */
    ROOT,
    /** Each certificate is signed by the next and of the kind that its place asks for. */
    CERTIFICATE,
    /** Nothing that the verdict rests on begins later than the reader's instant. */
    NOT_YET_VALID,
    /** Nothing that the verdict rests on has ended by then. */
    EXPIRED,
    /** No certificate is on its issuer's revocation list. */
    REVOKED,
    /** What the vendor publishes about this platform is there, well formed and signed by him. */
    COLLATERAL,
    /** It is about this platform and no other. */
    COLLATERAL_MATCH,
    /** The privileged code below the report is the vendor's: a TDX module, a firmware. */
    MODULE,
    /** What signed the report is the vendor's: a quoting enclave. */
    SIGNER,
    /** The report is signed by a key that the certificates vouch for. */
    SIGNATURE,
    /** Nobody can look into what runs. */
    DEBUG,
    /** The device runs in a mode of confidential computing that the reader accepts. */
    MODE,
    /** Nothing else can take over what runs, with its memory. */
    MIGRATION,
    /** The guest's own policy lets the host do no more than the reader accepts. */
    GUEST_POLICY,
    /** What asked for the report was privileged enough to speak for the guest. */
    PRIVILEGE,
    /** The vendor knows a level for this platform's components. */
    TCB_LEVEL,
    /** The reader's policy accepts the state of that level, now. */
    TCB_STATE,
    /** The reader's policy accepts each advisory of that level, now. */
    ADVISORY,
    /** The report covers the PCRs that the reader asks for, and they have the values it says. */
    PCRS,
    /** The machine's own clock and counters are as the reader asks. */
    CLOCK,
    /** The event log replays to the report's registers. */
    EVENT_LOG,
    /** The report carries the hash of these claims. */
    REPORT_DATA,
    /** As many vendors vouch for the claims as the reader wants. */
    REQUIREMENT,
    /** The GPUs in the claims are those in the evidence. */
    GPU,
    /** The single machine in the claims is the one in the report. */
    INSTANCE,
    /** The report and the claims name the same bootstrap file. */
    CONFIG,
    /** What runs is on the reader's list. */
    MEASUREMENT
}
