package io.attestgate.verify.nitro;

import java.util.List;

/** Of what a document speaks; the name of the field with its registers says which. */
public enum Form {
    /** An enclave beside its parent instance. */
    ENCLAVE("nitro", "pcrs"),

    /**
     * An instance with a NitroTPM. Its registers are those of everything that the instance runs
     * before its own system measures itself: drivers, boot manager, Secure Boot, loader, kernel,
     * and what a stub takes from the disk beside it (docs/measurement.md).
     */
    TPM("nitro-tpm", "nitrotpm_pcrs");

    private final String platform;
    private final String field;

    Form(String platform, String field) {
        this.platform = platform;
        this.field = field;
    }

    /** The platform's name in measurements, policies and envelopes. */
    public String platform() {
        return platform;
    }

    /** The name of the field that has the registers. */
    String field() {
        return field;
    }

    /** Which registers the measurement is made of, in its order. */
    List<Integer> measured() {
        return switch (this) {
            case ENCLAVE -> List.of(0, 1, 2, 8);
            case TPM -> List.of(2, 4, 7, 8, 9, 11, 12, 13);
        };
    }
}
