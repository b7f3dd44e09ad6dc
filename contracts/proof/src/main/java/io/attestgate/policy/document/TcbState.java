package io.attestgate.policy.document;

/** How current the platform's own firmware and microcode are, as its vendor judges. */
public enum TcbState implements Spelled {
    UP_TO_DATE("up-to-date"),
    SW_HARDENING_NEEDED("sw-hardening-needed"),
    CONFIGURATION_NEEDED("configuration-needed"),
    CONFIGURATION_AND_SW_HARDENING_NEEDED("configuration-and-sw-hardening-needed"),
    /** The platform is current, but this TD was launched before it was. */
    TD_RELAUNCH_ADVISED("td-relaunch-advised"),
    TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED("td-relaunch-advised-configuration-needed"),
    OUT_OF_DATE("out-of-date"),
    OUT_OF_DATE_CONFIGURATION_NEEDED("out-of-date-configuration-needed"),
    /**
     * No vendor judges this platform: AMD publishes no levels, the simulated one has no firmware.
     */
    UNJUDGED("unjudged");

    private final String spelling;

    TcbState(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
