package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Claims that a trust domain and somebody else vouch for, from the envelope to the verdict, each
 * under a vendor's root of our own.
 */
final class SeveralVendorsTest {
    private static final byte[] CLAIMS = claims();
    static final ReportData BOUND = ReportData.of(CLAIMS);
    private static final ReportData ELSEWHERE = ReportData.of(new byte[1]);

    private final SeveralVendors vendors = new SeveralVendors();
    private final SortedMap<String, CmwRecord> members =
            new TreeMap<>(Map.of("cpu", vendors.domain(BOUND)));

    /** Of the role {@code tls-key}, of the played domain's machine. */
    static byte[] claims() {
        Hash32 zero = Hash32.ZERO;
        Address nobody = Address.parse("0x" + "00".repeat(20)).orElseThrow();
        return new TlsKeyClaims(
                        zero,
                        SeveralVendors.NOW,
                        SeveralVendors.NOW.plusSeconds(300),
                        new Hostname("app.example"),
                        zero,
                        new PolicyReference(1, nobody, 1, zero, 1, zero),
                        new DocumentHashes(zero, zero),
                        zero,
                        Instance.of("tdx", HexFormat.of().parseHex(DcapPki.PPID)))
                .toBytes();
    }

    private Verdict judge(Expectation expectation, Hardware hardware) {
        return EvidenceVerifier.verify(
                EvidenceEnvelope.of(CLAIMS, List.of(), members),
                expectation,
                hardware,
                SeveralVendors.NOW);
    }

    private static Expectation domains() {
        return Expectation.of(Role.TLS_KEY, Set.of("tdx"));
    }

    /** What runs in each, which is what the reader lets run in these tests. */
    private Set<Hash32> running(Beside beside) {
        SortedMap<String, CmwRecord> all = new TreeMap<>(members);
        all.put("cpu", vendors.domain(BOUND));
        all.put(beside.member, vendors.evidence(beside, BOUND));
        return EvidenceVerifier.verify(
                                EvidenceEnvelope.of(CLAIMS, List.of(), all),
                                domains(),
                                vendors.hardware(),
                                SeveralVendors.NOW)
                        instanceof Verdict.Trusted trusted
                ? trusted.held().stream()
                        .map(leg -> leg.report().measurement(Hash32.ZERO))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private Verdict judge(int atLeast, Beside beside) {
        return judge(
                domains().withMeasurements(running(beside)), vendors.requiring(atLeast, beside));
    }

    private static Check check(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted trusted -> throw new AssertionError("trusted");
            case Verdict.Refused refused -> refused.check();
        };
    }

    /** Two vendors are too few then; one of two is enough, and the verdict says what fell why. */
    private void falls(Beside beside, Check reason) {
        assertThat(check(judge(2, beside))).isEqualTo(Check.REQUIREMENT);
        Verdict.Trusted trusted = trusted(judge(1, beside));
        assertThat(trusted.held()).extracting(Leg::member).containsExactly("cpu");
        assertThat(trusted.fallen())
                .singleElement()
                .satisfies(
                        failed -> {
                            assertThat(failed.member()).isEqualTo(beside.member);
                            assertThat(failed.kind()).isEqualTo(beside.kind);
                            assertThat(failed.refusal().check()).isEqualTo(reason);
                        });
    }

    private static Verdict.Trusted trusted(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Trusted.class);
        return (Verdict.Trusted) verdict;
    }

    @ParameterizedTest
    @EnumSource
    void twoVendorsVouchForTheSameClaims(Beside beside) {
        members.put(beside.member, vendors.evidence(beside, BOUND));

        Verdict.Trusted trusted = trusted(judge(2, beside));

        assertThat(trusted.held()).extracting(Leg::member).containsExactly("cpu", beside.member);
        assertThat(trusted.held().stream().flatMap(leg -> leg.roots().stream()))
                .extracting(RootOfTrust::sha256)
                .containsExactly(vendors.domainRoot(), vendors.root(beside));
        assertThat(trusted.report().platform()).isEqualTo("tdx");
        assertThat(running(beside)).contains(trusted.measurement());
    }

    @ParameterizedTest
    @EnumSource
    void whoVouchesForOtherClaimsFalls(Beside beside) {
        members.put(beside.member, vendors.evidence(beside, ELSEWHERE));

        falls(beside, Check.REPORT_DATA);
    }

    /** A vendor vouches for whatever code asks: only the reader's list makes it his. */
    @ParameterizedTest
    @EnumSource
    void whoRunsWhatTheReaderDoesNotListFalls(Beside beside) {
        members.put(beside.member, vendors.running(beside, BOUND, (byte) 0x42));

        falls(beside, Check.MEASUREMENT);
    }

    @ParameterizedTest
    @EnumSource
    void whoIsRevokedFalls(Beside beside) {
        members.put(beside.member, vendors.evidence(beside, BOUND));
        Set<Hash32> running = running(beside);
        vendors.revoke(beside);
        Expectation listed = domains().withMeasurements(running);

        assertThat(check(judge(listed, vendors.requiring(2, beside)))).isEqualTo(Check.REQUIREMENT);
        assertThat(trusted(judge(listed, vendors.requiring(1, beside))).fallen())
                .extracting(failed -> failed.refusal().check())
                .containsExactly(Check.REVOKED);
    }

    @ParameterizedTest
    @EnumSource
    void whoIsNotThereDoesNotCount(Beside beside) {
        assertThat(check(judge(2, beside))).isEqualTo(Check.REQUIREMENT);
        assertThat(trusted(judge(1, beside)).legs()).hasSize(1);
    }

    /** It stands, under a root that the reader pinned for other things. */
    @ParameterizedTest
    @EnumSource
    void whoEndsInARootThatIsNotListedForItDoesNotCount(Beside beside) {
        members.put(beside.member, vendors.evidence(beside, BOUND));
        Hardware other = vendors.requiring(2, beside.kind, vendors.domainRoot());
        Expectation listed = domains().withMeasurements(running(beside));

        assertThat(check(judge(listed, other))).isEqualTo(Check.REQUIREMENT);
        assertThat(
                        trusted(
                                        judge(
                                                listed,
                                                vendors.requiring(
                                                        1, beside.kind, vendors.domainRoot())))
                                .held())
                .hasSize(2);
    }

    /** Azure's form of a TPM nests a quote of the same vendor. */
    @Test
    void oneVendorTwiceIsOne() {
        members.put("tpm", vendors.nestedDomain(BOUND));
        Verdict unasked = judge(domains(), vendors.hardware());
        Set<Hash32> running =
                trusted(unasked).held().stream()
                        .map(leg -> leg.report().measurement(Hash32.ZERO))
                        .collect(Collectors.toSet());
        Expectation listed = domains().withMeasurements(running);

        assertThat(check(judge(listed, vendors.requiring(2, "azure-tdx", vendors.domainRoot()))))
                .isEqualTo(Check.REQUIREMENT);
        assertThat(
                        trusted(
                                        judge(
                                                listed,
                                                vendors.requiring(
                                                        1, "azure-tdx", vendors.domainRoot())))
                                .held())
                .hasSize(2);
    }

    /** Its own measurement is in the verdict, for the reader to look at; no other one is. */
    @ParameterizedTest
    @EnumSource
    void withoutAListOnlyTheLeadingOneCounts(Beside beside) {
        members.put(beside.member, vendors.evidence(beside, BOUND));

        assertThat(check(judge(domains(), vendors.requiring(2, beside))))
                .isEqualTo(Check.REQUIREMENT);
        assertThat(trusted(judge(domains(), vendors.requiring(1, beside))).held())
                .extracting(Leg::member)
                .containsExactly("cpu");
        assertThat(check(judge(domains(), vendors.requiringOnly(beside))))
                .isEqualTo(Check.REQUIREMENT);
    }

    @ParameterizedTest
    @EnumSource
    void theLeadingOneStandsWhoeverElseDoes(Beside beside) {
        Set<Hash32> running = running(beside);
        members.put(beside.member, vendors.evidence(beside, BOUND));
        members.put("cpu", vendors.domain(ELSEWHERE));
        assertThat(check(judge(1, beside))).isEqualTo(Check.REPORT_DATA);

        members.put("cpu", vendors.domain(BOUND));
        running.removeIf(trusted(judge(1, beside)).measurement()::equals);
        Expectation others = domains().withMeasurements(running);
        assertThat(check(judge(others, vendors.requiring(1, beside)))).isEqualTo(Check.MEASUREMENT);
    }

    /** Where nothing is counted all have to stand, and run what the reader lists. */
    @ParameterizedTest
    @EnumSource
    void whereNothingIsCountedWhatIsNotListedIsRefused(Beside beside) {
        Expectation listed = domains().withMeasurements(running(beside));
        members.put(beside.member, vendors.evidence(beside, BOUND));
        assertThat(judge(listed, vendors.hardware())).isInstanceOf(Verdict.Trusted.class);

        members.put(beside.member, vendors.running(beside, BOUND, (byte) 0x42));
        assertThat(check(judge(listed, vendors.hardware()))).isEqualTo(Check.MEASUREMENT);
        assertThat(judge(domains(), vendors.hardware())).isInstanceOf(Verdict.Trusted.class);
    }

    /** Who stands beside the trust domain. */
    enum Beside {
        TPM("tpm", "tpm"),
        SNP("cpu1", "snp");

        final String member;
        final String kind;

        Beside(String member, String kind) {
            this.member = member;
            this.kind = kind;
        }
    }
}
