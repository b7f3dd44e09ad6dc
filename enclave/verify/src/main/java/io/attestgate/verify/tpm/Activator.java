package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Expiry;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.wire.Hash32;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The reader's side of credential activation (TPM 2.0 Part 1 §24): is this key in the TPM whose EK
 * a vendor certified? Any thread.
 *
 * @param collateral issuers and revocation lists of the vendors
 * @param roots SHA-256 of the certificates that an EK's may end in
 * @param revocation what a missing revocation list means
 * @param random for secrets and seeds
 */
public record Activator(
        Collateral collateral, Set<Hash32> roots, Revocation revocation, SecureRandom random) {
    private static final int SECRET_BYTES = 32;

    public Activator {
        roots = Set.copyOf(roots);
    }

    /**
     * Makes a challenge, if both keys and the EK's certificate are what they must be.
     *
     * @param key that signs quotes
     * @param ek in whose TPM it is said to be
     * @param certificates the EK's first, then its issuers', in DER
     */
    public Activation challenge(
            TpmPublic key, TpmPublic ek, List<Octets> certificates, Instant now) {
        try {
            KeyAttributes.attesting(key);
            KeyAttributes.endorsing(ek);
            Expiry expiry = new Expiry();
            X509Certificate certificate = certified(ek, certificates, now, expiry);
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            return new Activation.Challenged(
                    new Challenge(
                            Credential.make(ek, key.name(), secret, random),
                            secret,
                            new ActivatedKey(key.name(), ek.name(), certificate, expiry.first())));
        } catch (RefusedException e) {
            return new Activation.Refused(e.refusal());
        } catch (MalformedException e) {
            return new Activation.Refused(
                    new Refusal(
                            Check.CERTIFICATE,
                            e.fault().path() + ": " + e.fault().found(),
                            e.fault().expected(),
                            "RFC 5280 §4.1"));
        }
    }

    private X509Certificate certified(
            TpmPublic ek, List<Octets> certificates, Instant now, Expiry expiry)
            throws RefusedException, MalformedException {
        List<X509Certificate> carried = Collateral.read(certificates);
        if (carried.isEmpty()) {
            throw new RefusedException(
                    Check.CERTIFICATE,
                    "none",
                    "the EK's certificate",
                    "TCG EK Credential Profile §2");
        }
        CertificatePath path =
                new KeyChain(collateral, roots, revocation, now)
                        .standing(carried.getFirst(), carried, expiry);
        CertifiedKey.endorsing(path.leaf());
        Optional<PublicKey> certified = Keys.of(path.leaf().getPublicKey());
        RefusedException.unless(
                certified.filter(ek.key()::equals).isPresent(),
                Check.CERTIFICATE,
                "a certificate of another key",
                "that of EK " + ek.name(),
                "TCG EK Credential Profile §3");
        return path.leaf();
    }
}
