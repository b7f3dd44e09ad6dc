package io.attestgate.verify.x509;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.evidence.MalformedException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Certificates, revocation lists, PEM and DER are read from arbitrary bytes. */
final class CertificatesFuzzTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @FuzzTest(maxDuration = "60s")
    void arbitraryCertificatesMakeNoPathToARootThatNobodyPinned(byte[] input) {
        List<X509Certificate> chain = Certificates.parseAll(input).toOptional().orElse(List.of());
        if (chain.size() > 1
                && new CertificatePath(chain).refusal(Set.of(), new Links(), NOW).isEmpty()) {
            throw new AssertionError("a path to no root");
        }
        chain.forEach(Certificates::name);
    }

    @FuzzTest(maxDuration = "60s")
    void anArbitraryRevocationListHasDates(byte[] input) {
        Crl.parse(input)
                .toOptional()
                .ifPresent(
                        crl -> {
                            if (crl.thisUpdate().equals(Instant.MAX) || crl.issuer() == null) {
                                throw new AssertionError("a list without a date");
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void armourIsReadInBoundedTime(byte[] input) {
        Pem.parse(new String(input, StandardCharsets.ISO_8859_1), 16)
                .toOptional()
                .ifPresent(
                        blocks -> {
                            if (blocks.isEmpty() || blocks.size() > 16) {
                                throw new AssertionError("blocks: " + blocks.size());
                            }
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void derEndsWithinItsBytes(byte[] input) {
        Der der = Der.of(input);
        int taken = 0;
        try {
            while (der.hasNext()) {
                taken += der.value(der.peekTag()).length;
            }
        } catch (MalformedException e) {
            return;
        }
        if (taken != input.length) {
            throw new AssertionError("values of " + taken + " bytes");
        }
    }
}
