package io.attestgate.verify.collateral;

import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * One thing that collateral holds, by what it says of itself: believed in nothing.
 *
 * @param of which one: a model, an enclave, an issuer, a subject
 * @param from when it begins to hold
 * @param until when it ends: {@code nextUpdate} or {@code notAfter}
 * @param evaluation the number of the TCB recovery that it takes into account; of Intel's documents
 */
public record Holding(Form form, String of, Instant from, Instant until, OptionalInt evaluation) {

    /** What kind of thing. */
    public enum Form {
        TCB_INFO("TCB info"),
        QE_IDENTITY("QE identity"),
        /** A TCB recovery that Intel announced; it holds from when standard documents follow. */
        TCB_RECOVERY("TCB recovery"),
        REVOCATION_LIST("revocation list"),
        CERTIFICATE("certificate");

        private final String text;

        Form(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static Holding of(X509Certificate certificate) {
        return new Holding(
                Form.CERTIFICATE,
                Certificates.name(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                OptionalInt.empty());
    }

    public static Holding of(Crl crl) {
        return new Holding(
                Form.REVOCATION_LIST,
                crl.issuer(),
                crl.thisUpdate(),
                crl.nextUpdate(),
                OptionalInt.empty());
    }

    /** {@code form of, until instant}. */
    @Override
    public String toString() {
        return "%s %s, until %s".formatted(form, of, until);
    }
}
