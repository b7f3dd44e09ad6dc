package io.attestgate.attest.seal;

import io.attestgate.wire.Hostname;
import java.util.regex.Pattern;

/**
 * What a sealed key is for. Each purpose has a key of its own, so that who may open one can open no
 * other.
 *
 * @param value such as {@code acme-account} or {@code tls/app.example}
 */
public record Purpose(String value) {
    // First, since the constants below are checked against it.
    private static final Pattern FORM =
            Pattern.compile("acme-account|anchor|cluster|mesh|upgrade|tls/[a-z0-9.-]{1,253}");

    /** The account at a certificate authority. */
    public static final Purpose ACME_ACCOUNT = new Purpose("acme-account");

    /** The newest policy that was proven. */
    public static final Purpose ANCHOR = new Purpose("anchor");

    /** What all replicas of one deployment share. */
    public static final Purpose CLUSTER = new Purpose("cluster");

    /** The key that this replica speaks to others with. */
    public static final Purpose MESH = new Purpose("mesh");

    /** Which versions were signed for, on a platform whose state other versions may open. */
    public static final Purpose UPGRADE = new Purpose("upgrade");

    public Purpose {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "purpose: \"%s\" (expected: one of docs/sealed-store.md)".formatted(value));
        }
    }

    /** The TLS keys of one host, with their certificates and evidence. */
    public static Purpose tls(Hostname host) {
        return new Purpose("tls/" + host.value());
    }

    @Override
    public String toString() {
        return value;
    }
}
