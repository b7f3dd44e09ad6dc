package io.attestgate.verify.tpm;

import io.attestgate.verify.azure.AzureEvidence;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one key of a quote: as the evidence describes it, as its certificate has it, as a hardware
 * report names it. What is there must agree, else a good certificate could vouch for another key
 * than the one that signed.
 */
final class KeyOfQuote {
    private KeyOfQuote() {}

    static Parsed<AttestationKey> of(TpmEvidence evidence) {
        List<Parsed<AttestationKey>> all = new ArrayList<>();
        evidence.key().ifPresent(key -> all.add(Parsed.good(key)));
        evidence.certificates().stream()
                .findFirst()
                .ifPresent(der -> all.add(certified(Certificates.parse(der.bytes()))));
        evidence.azure().ifPresent(azure -> all.add(named(azure)));
        for (Parsed<AttestationKey> key : all) {
            if (key instanceof Parsed.Bad<AttestationKey>) {
                return key;
            }
        }
        return agreed(all.stream().flatMap(key -> key.toOptional().stream()).toList());
    }

    private static Parsed<AttestationKey> agreed(List<AttestationKey> keys) {
        if (keys.isEmpty()) {
            return Parsed.bad(
                    new Fault(
                            "key",
                            "absent",
                            "the key, its certificate, or a hardware report that names it"));
        }
        for (AttestationKey key : keys) {
            if (!key.spki().equals(keys.getFirst().spki())) {
                return Parsed.bad(
                        new Fault(
                                "key",
                                "%s and %s".formatted(keys.getFirst().spki(), key.spki()),
                                "one key in key, certificate and runtime data"));
            }
        }
        return Parsed.good(keys.getFirst());
    }

    private static Parsed<AttestationKey> certified(Parsed<X509Certificate> certificate) {
        return certificate.then(one -> counted("certificate", Optional.of(one.getPublicKey())));
    }

    private static Parsed<AttestationKey> named(AzureEvidence azure) {
        RSAPublicKeySpec spec = azure.runtime().attestationKey();
        BigInteger modulus = spec.getModulus();
        return counted("HCLAkPub", Keys.rsa(modulus, spec.getPublicExponent()));
    }

    private static Parsed<AttestationKey> counted(String name, Optional<PublicKey> key) {
        return key.flatMap(Keys::of)
                .map(AttestationKey::of)
                .map(Parsed::good)
                .orElseGet(
                        () ->
                                Parsed.bad(
                                        new Fault(
                                                name,
                                                "another key",
                                                "RSA of 2048 to 4096 bits, P-256 or P-384")));
    }
}
