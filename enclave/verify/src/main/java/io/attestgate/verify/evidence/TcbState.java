package io.attestgate.verify.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How current a platform's firmware and microcode are, as its vendor judges.
 *
 * <p>The names are Intel's, spelt as policy documents spell them. A platform that no vendor judges
 * is {@link #UNJUDGED}.
 */
public enum TcbState {
    UP_TO_DATE,
    SW_HARDENING_NEEDED,
    CONFIGURATION_NEEDED,
    CONFIGURATION_AND_SW_HARDENING_NEEDED,
    /** The platform is current, but this TD was launched before it was. */
    TD_RELAUNCH_ADVISED,
    TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED,
    OUT_OF_DATE,
    OUT_OF_DATE_CONFIGURATION_NEEDED,
    REVOKED,
    UNJUDGED;

    /** Reads the spelling of policies; empty for any other text. */
    public static Optional<TcbState> parse(String spelling) {
        return Arrays.stream(values()).filter(s -> s.spelling().equals(spelling)).findFirst();
    }

    /** Lower case with hyphens: {@code sw-hardening-needed}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the owner of the platform should change how it is configured. */
    public boolean isConfigurationNeeded() {
        return switch (this) {
            case CONFIGURATION_NEEDED,
                    CONFIGURATION_AND_SW_HARDENING_NEEDED,
                    TD_RELAUNCH_ADVISED_CONFIGURATION_NEEDED,
                    OUT_OF_DATE_CONFIGURATION_NEEDED ->
                    true;
            case UP_TO_DATE,
                    SW_HARDENING_NEEDED,
                    TD_RELAUNCH_ADVISED,
                    OUT_OF_DATE,
                    REVOKED,
                    UNJUDGED ->
                    false;
        };
    }

    @Override
    public String toString() {
        return spelling();
    }
}
