package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.wire.Fault;

/** Intel's words for states, and how two of them become one. */
final class TcbStatus {
    private TcbStatus() {}

    static TcbState parse(JsonFields fields, String name) throws MalformedException {
        String text = fields.text(name);
        return switch (text) {
            case "UpToDate" -> TcbState.UP_TO_DATE;
            case "SWHardeningNeeded" -> TcbState.SW_HARDENING_NEEDED;
            case "ConfigurationNeeded" -> TcbState.CONFIGURATION_NEEDED;
            case "ConfigurationAndSWHardeningNeeded" ->
                    TcbState.CONFIGURATION_AND_SW_HARDENING_NEEDED;
            case "OutOfDate" -> TcbState.OUT_OF_DATE;
            case "OutOfDateConfigurationNeeded" -> TcbState.OUT_OF_DATE_CONFIGURATION_NEEDED;
            case "Revoked" -> TcbState.REVOKED;
            default -> throw new MalformedException(Fault.quoted(name, text, "a state of Intel's"));
        };
    }

    /**
     * The platform's state with that of a part of it, a TDX module or the quoting enclave (QVL
     * 4.1.2.4.17.4): an old part makes the whole old, a revoked part revokes it.
     */
    static TcbState converge(TcbState platform, TcbState part) {
        if (part == TcbState.REVOKED || platform == TcbState.REVOKED) {
            return TcbState.REVOKED;
        }
        if (part != TcbState.OUT_OF_DATE) {
            return platform;
        }
        return switch (platform) {
            case UP_TO_DATE, SW_HARDENING_NEEDED -> TcbState.OUT_OF_DATE;
            case CONFIGURATION_NEEDED, CONFIGURATION_AND_SW_HARDENING_NEEDED ->
                    TcbState.OUT_OF_DATE_CONFIGURATION_NEEDED;
            case TD_RELAUNCH_ADVISED,
                    TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED,
                    OUT_OF_DATE,
                    OUT_OF_DATE_CONFIGURATION_NEEDED,
                    REVOKED,
                    UNJUDGED ->
                    platform;
        };
    }
}
