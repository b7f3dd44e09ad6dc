package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Address;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class EvidenceVerifierTest {
    private static final Json VECTORS = Vectors.read("evidence.json");

    @TestFactory
    Stream<DynamicTest> evidenceGetsTheVerdictOfTheVectors() {
        return Vectors.rows(VECTORS, "judged").stream()
                .map(
                        row ->
                                DynamicTest.dynamicTest(
                                        Vectors.text(row, "name"),
                                        () ->
                                                assertThat(word(verdict(row)))
                                                        .isEqualTo(Vectors.text(row, "verdict"))));
    }

    @Test
    void aVerdictOfTrustCarriesWhatItRestsOn() {
        Json.Obj row = Vectors.rows(VECTORS, "judged").getFirst();
        Json.Obj expectation = (Json.Obj) row.get("expectation").orElseThrow();
        assertThat(verdict(row))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> {
                            assertThat(trusted.claims().role()).isEqualTo(Role.ENDPOINT);
                            assertThat(trusted.report().platform()).isEqualTo("simulated");
                            assertThat(Vectors.texts(expectation, "measurements"))
                                    .containsExactly(trusted.measurement().toString());
                            assertThat(trusted.claims().toBytes())
                                    .isEqualTo(envelope(row).claims());
                        });
    }

    @Test
    void everySingleByteOfTheSignedPartsCounts() {
        Json.Obj row = Vectors.rows(VECTORS, "judged").getFirst();
        EvidenceEnvelope good = envelope(row);
        byte[] claims = good.claims();
        for (int at = 0; at < claims.length; at++) {
            byte[] flipped = claims.clone();
            flipped[at] ^= 1;
            EvidenceEnvelope bad = EvidenceEnvelope.of(flipped, good.path(), good.evidence());
            assertThat(verdict(row, bad)).as("byte %d", at).isInstanceOf(Verdict.Refused.class);
        }
    }

    private static Verdict verdict(Json.Obj row) {
        return verdict(row, envelope(row));
    }

    private static Verdict verdict(Json.Obj row, EvidenceEnvelope envelope) {
        Json.Obj wanted = (Json.Obj) row.get("expectation").orElseThrow();
        return EvidenceVerifier.verify(
                envelope, expectation(wanted), Instant.parse(Vectors.text(wanted, "at")));
    }

    private static EvidenceEnvelope envelope(Json.Obj row) {
        return EvidenceEnvelope.parse(CanonicalJson.write(row.get("envelope").orElseThrow()))
                .toOptional()
                .orElseThrow();
    }

    private static Expectation expectation(Json.Obj wanted) {
        Expectation all =
                Expectation.of(
                        role(Vectors.text(wanted, "role")),
                        Set.copyOf(Vectors.texts(wanted, "platforms")));
        if (wanted.get("nonce").isPresent()) {
            all = all.withNonce(Vectors.hash(wanted, "nonce"));
        }
        if (wanted.get("host").isPresent()) {
            all = all.withHost(new Hostname(Vectors.text(wanted, "host")));
        }
        if (wanted.get("tlsKey").isPresent()) {
            all = all.withTlsKey(Vectors.hash(wanted, "tlsKey"));
        }
        if (wanted.get("contract").isPresent()) {
            Address contract = Address.parse(Vectors.text(wanted, "contract")).orElseThrow();
            long chainId = ((Json.Int) wanted.get("chainId").orElseThrow()).value();
            all = all.withContract(chainId, contract);
        }
        if (wanted.get("measurements").isPresent()) {
            all = all.withMeasurements(hashes(wanted));
        }
        return wanted.get("config").isPresent()
                ? all.withConfig(Vectors.hash(wanted, "config"))
                : all;
    }

    private static Set<Hash32> hashes(Json.Obj wanted) {
        return Vectors.texts(wanted, "measurements").stream()
                .map(text -> Hash32.parse(text).orElseThrow())
                .collect(Collectors.toSet());
    }

    private static Role role(String label) {
        return Arrays.stream(Role.values())
                .filter(role -> role.toString().equals(label))
                .findFirst()
                .orElseThrow();
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted trusted -> "trusted";
            case Verdict.Refused refused ->
                    refused.check().name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    @Test
    void claimsAreAtMostSixteenKibibytes() {
        byte[] large = new byte[Claims.SIZE_BYTES_MAX + 1];
        Arrays.fill(large, (byte) ' ');
        assertThat(Claims.parse(Role.ENDPOINT, large).faults()).isNotEmpty();
    }
}
