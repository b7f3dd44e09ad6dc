package io.attestgate.verify.nitro;

import static io.attestgate.verify.nitro.PlayedAmazon.check;
import static io.attestgate.verify.nitro.PlayedAmazon.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that real enclaves were given, at the instants when they were. */
final class RealDocumentsTest {
    static final String EVIDENCE = "evidence/nitro/";
    static final String PRODUCTION = EVIDENCE + "dstack-nsm-2025.cose";
    static final Instant PRODUCTION_MADE = Instant.parse("2025-12-25T13:15:37.578Z");

    private static final String ADV = "collateral/evervault-adv/";
    private static final Instant END = Instant.parse("2099-01-01T00:00:00Z");

    private final NitroKind kind = new NitroKind();

    @BeforeEach
    void vectors() {
        RealVectors.require();
    }

    static AppraisalPolicy policy(Debug debug, Duration maxAge) {
        return new AppraisalPolicy(
                        Set.copyOf(Verifier.NAMED_ROOTS.values()),
                        Map.of(TcbState.UNJUDGED, END),
                        Map.of(),
                        debug)
                .with(
                        new NitroPolicy.Enclaves(
                                new NitroPolicy.Accepted(maxAge, Revocation.IF_PRESENT, Map.of())));
    }

    static Appraisal judge(byte[] evidence, Debug debug, Instant now) {
        return PlayedAmazon.judge(evidence, policy(debug, Duration.ofMinutes(5)), now);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "evervault-debug-2022.cose, 2022-10-12T13:50:06.081Z, i-03ad7cdb817437eeb",
        "evervault-2023.cose, 2023-09-18T15:03:30.860Z, i-0918f6c55e3b61d89",
        "dstack-nsm-2025.cose, 2025-12-25T13:15:37.578Z, i-0827e799ec9232d44",
    })
    void aDocumentIsTrustedWhenItWasMadeAndForAsLongAsThePolicySays(
            String name, Instant made, String instance) {
        byte[] document = RealVectors.read(EVIDENCE + name);

        Appraisal.Trusted trusted = trusted(judge(document, Debug.ACCEPTED, made));

        RealVectors.accepted("nitro", name + ", debug accepted");
        assertThat(EvidenceKinds.recognise(document).map(one -> one.name())).contains("nitro");
        assertThat(trusted.identity()).containsEntry("instanceId", instance);
        assertThat(trusted.claims()).containsEntry("timestamp", made.toString());
        assertThat(trusted.report().registers()).hasSize(4 * Document.PCR_BYTES);
        assertThat(trusted.expiry()).isEqualTo(made.plus(Duration.ofMinutes(5)));
        assertThat(check(judge(document, Debug.ACCEPTED, trusted.expiry())))
                .isEqualTo(Check.EXPIRED);
        assertThat(check(judge(document, Debug.ACCEPTED, made.minus(Duration.ofHours(1)))))
                .isEqualTo(Check.NOT_YET_VALID);
    }

    @Test
    void onlyTheEnclaveThatWasNotStartedInDebugModePassesWithoutAWordForIt() {
        assertThat(
                        trusted(judge(RealVectors.read(PRODUCTION), Debug.REFUSED, PRODUCTION_MADE))
                                .report()
                                .platform())
                .isEqualTo("nitro");
        RealVectors.accepted("nitro", "dstack-nsm-2025.cose");
        for (String name : new String[] {"evervault-debug-2022.cose", "evervault-2023.cose"}) {
            byte[] document = RealVectors.read(EVIDENCE + name);
            Instant made =
                    NitroEvidence.parse(document).toOptional().orElseThrow().document().timestamp();

            assertThat(check(judge(document, Debug.REFUSED, made))).isEqualTo(Check.DEBUG);
            RealVectors.refused("nitro", name, Check.DEBUG);
        }
    }

    /** Its certificate held for three hours; whoever accepts a document of a day reads it so. */
    @Test
    void aDocumentOutlivesItsCertificateWhereThePolicySaysSo() {
        Appraisal.Trusted trusted =
                trusted(
                        PlayedAmazon.judge(
                                RealVectors.read(PRODUCTION),
                                policy(Debug.REFUSED, Duration.ofDays(1)),
                                PRODUCTION_MADE.plus(Duration.ofHours(10))));

        assertThat(trusted.expiry()).isEqualTo(Instant.parse("2025-12-26T12:44:32Z"));
    }

    @Test
    void userDataIsTheReportData() {
        byte[] document = RealVectors.read(PRODUCTION);
        for (int size : new int[] {64, 63}) {
            Appraisal appraisal =
                    Verifier.verify(
                            document,
                            Collateral.none(),
                            policy(Debug.REFUSED, Duration.ofMinutes(5)),
                            Optional.of(Octets.of(new byte[size])),
                            PRODUCTION_MADE);

            assertThat(appraisal instanceof Appraisal.Trusted).isEqualTo(size == 64);
        }
    }

    /** A list of expected registers that others published with a document in base64. */
    @Test
    void aDocumentInBase64HasTheRegistersThatItsOwnersExpect() {
        byte[] base64 = RealVectors.read(ADV + "test-data/valid-attestation-doc-base64");
        Document document = NitroEvidence.parse(base64).toOptional().orElseThrow().document();

        assertThat(kind.isLike(base64)).isTrue();
        expectedPcrs()
                .forEach((index, value) -> assertThat(document.pcrs()).containsEntry(index, value));
        assertThat(check(judge(base64, Debug.REFUSED, document.timestamp())))
                .isEqualTo(Check.DEBUG);
        assertThat(judge(base64, Debug.ACCEPTED, document.timestamp()))
                .isInstanceOf(Appraisal.Trusted.class);
        RealVectors.refused("nitro", "valid-attestation-doc-base64", Check.DEBUG);
        RealVectors.accepted("nitro", "valid-attestation-doc-base64, debug accepted");
    }

    private static Map<Integer, Octets> expectedPcrs() {
        Json.Obj spec =
                (Json.Obj)
                        JsonReader.parse(
                                        RealVectors.read(
                                                ADV
                                                        + "test-specs/ga/valid_attestation_doc_ga.json"),
                                        4096)
                                .toOptional()
                                .orElseThrow();
        Map<Integer, Octets> expected = new java.util.TreeMap<>();
        ((Json.Obj) spec.get("pcrs").orElseThrow())
                .members()
                .forEach(
                        (name, value) ->
                                expected.put(
                                        Integer.valueOf(name.substring("pcr".length())),
                                        Octets.of(
                                                HexFormat.of()
                                                        .parseHex(((Json.Text) value).value()))));
        assertThat(expected).hasSize(4);
        return expected;
    }

    @Test
    void everyFieldIsShownAndEveryChainEndsInThePinnedRoot() {
        for (String name :
                new String[] {
                    "evervault-debug-2022.cose", "evervault-2023.cose", "dstack-nsm-2025.cose"
                }) {
            Json.Obj tree =
                    kind.inspect(RealVectors.read(EVIDENCE + name)).toOptional().orElseThrow();
            Json.Arr certificates = (Json.Arr) tree.get("certificates").orElseThrow();

            assertThat(certificates.elements()).hasSize(5);
            assertThat(((Json.Obj) certificates.elements().getLast()).get("sha256"))
                    .contains(new Json.Text(Verifier.ROOT_G1.toString()));
        }
    }
}
