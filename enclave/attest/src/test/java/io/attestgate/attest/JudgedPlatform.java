package io.attestgate.attest;

import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.verify.EvidenceVerifier;
import io.attestgate.verify.Expectation;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A platform's evidence, made and judged by a reader who allows its own measurement alone. */
public final class JudgedPlatform {
    /** A bootstrap file's digest. */
    public static final Hash32 CONFIG = hash("config");

    private JudgedPlatform() {}

    /** Makes evidence for a key and judges it. */
    public static Verdict verdict(Platform platform, Hardware hardware, Instant now)
            throws PlatformException {
        byte[] claims = claims(platform, now);
        EvidenceEnvelope envelope =
                EvidenceEnvelope.of(claims, List.of(), platform.report(ReportData.of(claims)));
        Expectation expectation =
                Expectation.of(Role.TLS_KEY, Set.of(platform.name()))
                        .withMeasurements(Set.of(platform.measurement(CONFIG)));
        return EvidenceVerifier.verify(envelope, expectation, hardware, now);
    }

    private static byte[] claims(Platform platform, Instant now) throws PlatformException {
        return new TlsKeyClaims(
                        hash("nonce"),
                        now,
                        now.plusSeconds(60),
                        new Hostname("a.example"),
                        hash("key"),
                        new PolicyReference(1, Address.ZERO, 1, hash("head"), 1, hash("block")),
                        new DocumentHashes(hash("host"), hash("gateway")),
                        CONFIG,
                        platform.instance())
                .toBytes();
    }

    private static Hash32 hash(String text) {
        return Hash32.of(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }
}
