package io.attestgate.attest.tsm;

import io.attestgate.attest.platform.PlatformException;

/** Whose reports configfs-tsm can hand out, of those that this release judges. */
public enum TsmProvider {
    /** Intel's trust domains. */
    TDX("tdx", "tdx_guest") {
        @Override
        TsmEvidence read(TsmReport report) throws PlatformException {
            return TsmEvidence.ofQuote(report);
        }
    },
    /** AMD's guests. */
    SNP("snp", "sev_guest") {
        @Override
        TsmEvidence read(TsmReport report) throws PlatformException {
            return TsmEvidence.ofReport(report);
        }
    };

    private final String platform;
    private final String attribute;

    TsmProvider(String platform, String attribute) {
        this.platform = platform;
        this.attribute = attribute;
    }

    /** The platform's name. */
    public String platform() {
        return platform;
    }

    /** What a report of this provider says; believed in nothing. */
    abstract TsmEvidence read(TsmReport report) throws PlatformException;

    /** Accepts the attribute {@code provider}. */
    void require(String provider) throws PlatformException {
        if (!provider.equals(attribute)) {
            throw new PlatformException(
                    "provider: \"%s\" (expected: \"%s\", for the platform %s)"
                            .formatted(provider, attribute, platform));
        }
    }
}
