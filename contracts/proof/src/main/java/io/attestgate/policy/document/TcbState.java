package io.attestgate.policy.document;

/** How current the platform's own firmware and microcode are, as its vendor judges. */
public enum TcbState implements Spelled {
    UP_TO_DATE("up-to-date"),
    SW_HARDENING_NEEDED("sw-hardening-needed"),
    CONFIGURATION_NEEDED("configuration-needed"),
    CONFIGURATION_AND_SW_HARDENING_NEEDED("configuration-and-sw-hardening-needed"),
    OUT_OF_DATE("out-of-date"),
    OUT_OF_DATE_CONFIGURATION_NEEDED("out-of-date-configuration-needed"),
    /** Nobody judges this platform: the simulated one has no firmware. */
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
