package io.attestgate.verify.testpki;

import io.attestgate.verify.x509.Certificates;

/** Chains in the spellings that quotes carry. */
public final class Chains {
    private Chains() {}

    /** One DER value after the other, the root first. */
    public static byte[] derRootFirst(
            TestAuthority leaf, TestAuthority issuer, TestAuthority root) {
        return DcapQuote.concat(
                Certificates.der(root.certificate()),
                Certificates.der(issuer.certificate()),
                Certificates.der(leaf.certificate()));
    }
}
