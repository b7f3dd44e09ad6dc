package io.attestgate.verify.snp;

import java.util.Locale;

/** Which key signed a report (SEV-SNP Firmware ABI, 7.3, SIGNING_KEY). */
public enum Signer {
    /** The chip's own, derived from its secret and its TCB. */
    VCEK("SEV-VCEK", "SEV-"),
    /** One that the provider loaded on his machines. */
    VLEK("SEV-VLEK", "SEV-VLEK-");

    private final String subject;
    private final String issuerPrefix;

    Signer(String subject, String issuerPrefix) {
        this.subject = subject;
        this.issuerPrefix = issuerPrefix;
    }

    /** Its name in the paths of AMD's service. */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The common name of its certificates. */
    String subject() {
        return subject;
    }

    /** The common name of its authority, up to the product. */
    public String issuerPrefix() {
        return issuerPrefix;
    }
}
