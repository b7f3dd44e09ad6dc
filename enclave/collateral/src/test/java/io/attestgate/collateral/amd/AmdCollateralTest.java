package io.attestgate.collateral.amd;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.collateral.MovedClock;
import io.attestgate.collateral.PlayedServer;
import io.attestgate.collateral.Update;
import io.attestgate.collateral.VendorCollateral;
import io.attestgate.collateral.VendorServices;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.Limits;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.snp.SnpKind;
import io.attestgate.verify.snp.SnpPolicy;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.verify.x509.Certificates;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AmdCollateralTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final SnpPki MILAN = SnpPki.at("Milan", NOW);
    private static final SnpPki GENOA = SnpPki.at("Genoa", NOW);
    private static final SnpPki TURIN = SnpPki.at("Turin", NOW);
    private static final String MILAN_CHIP = "07".repeat(64);
    private static final String MILAN_LEVELS = "?blSPL=2&teeSPL=3&snpSPL=4&ucodeSPL=209";

    private final MovedClock clock = new MovedClock(NOW);
    private final PlayedServer server = PlayedServer.open();
    private final VendorCollateral source =
            VendorCollateral.open(
                    VendorServices.standard().withAmd(new KeyService(server.service())),
                    Optional.empty(),
                    Limits.DEFAULT,
                    clock,
                    time -> {});

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    private static AppraisalPolicy policy(SnpPki pki) {
        Map<SnpProduct, SnpPolicy.Floors> floors = new EnumMap<>(SnpProduct.class);
        SnpTcb zero = new SnpTcb(0, 0, 0, 0, 0);
        for (SnpProduct product : SnpProduct.values()) {
            floors.put(product, new SnpPolicy.Floors(zero, zero, zero, zero));
        }
        return new AppraisalPolicy(
                        Set.of(pki.rootHash()),
                        Map.of(TcbState.UNJUDGED, NOW.plus(Duration.ofDays(365))),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(
                        new SnpPolicy(
                                floors,
                                Set.of(SnpPolicy.VCEK, SnpPolicy.VLEK + SnpReport.PROVIDER),
                                Set.of(),
                                Set.of(),
                                new SnpPolicy.Abi(0, 0),
                                0,
                                Revocation.REQUIRED));
    }

    private Appraisal judge(SnpPki pki, byte[] evidence, Bundle bundle) {
        return new SnpKind()
                .verify(evidence, bundle, policy(pki), Optional.empty(), clock.instant());
    }

    private static Check check(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> throw new AssertionError("trusted, " + trusted.tcb());
            case Refusal refusal -> refusal.check();
        };
    }

    private void publish(SnpPki pki, String path) {
        String base = "/%s/v1/%s/".formatted(path, pki.product());
        server.on(
                base + "cert_chain",
                SnpPki.pem(path.equals("vcek") ? pki.ask() : pki.asvk(), pki.ark()));
        server.on(base + "crl", pki.crl(pki.validity(), List.of()));
    }

    private void publishKey(SnpPki pki, String address, SnpPki.Vek vek) {
        server.on(
                "/vcek/v1/%s/%s".formatted(pki.product(), address),
                Certificates.der(vek.certificate()));
    }

    private FetchException.Kind failure(byte[] evidence) {
        try {
            throw new AssertionError(
                    source.fetch("snp", evidence, Update.STANDARD).files().keySet());
        } catch (FetchException e) {
            return e.kind();
        }
    }

    @Test
    void aReportIsTrustedByWhatTheServicePublishes() throws Exception {
        SnpReport report = SnpReport.of(MILAN, 3);
        SnpPki.Vek vek = report.vcek();
        publish(MILAN, "vcek");
        publishKey(MILAN, MILAN_CHIP + MILAN_LEVELS, vek);
        byte[] evidence = report.make(vek.keys());
        Bundle bundle = source.fetch("snp", evidence, Update.STANDARD);
        assertThat(bundle.files().keySet())
                .containsExactly("cert_chain_milan.pem", "crl_milan.der", "vcek.der");
        assertThat(judge(MILAN, evidence, bundle)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(source.fetch("snp", evidence, Update.EARLY).files()).hasSize(3);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void aTurinIsAskedForByEightBytesAndItsFirmware() throws Exception {
        SnpReport report = SnpReport.of(TURIN, 5);
        SnpPki.Vek vek = report.vcek();
        publish(TURIN, "vcek");
        publishKey(TURIN, "07".repeat(8) + "?fmcSPL=1&blSPL=2&teeSPL=3&snpSPL=4&ucodeSPL=70", vek);
        byte[] evidence = report.make(vek.keys());
        assertThat(judge(TURIN, evidence, source.fetch("snp", evidence, Update.STANDARD)))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aReportThatDoesNotSayItsProductIsAskedForOfBoth() throws Exception {
        SnpReport report = SnpReport.of(GENOA, 2);
        SnpPki.Vek vek = report.vcek();
        publish(MILAN, "vcek");
        publish(GENOA, "vcek");
        publishKey(GENOA, MILAN_CHIP + MILAN_LEVELS, vek);
        byte[] evidence = report.make(vek.keys());
        assertThat(judge(GENOA, evidence, source.fetch("snp", evidence, Update.STANDARD)))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(server.count("/vcek/v1/Milan/" + MILAN_CHIP + MILAN_LEVELS)).isEqualTo(1);
        assertThat(server.count("/vcek/v1/Milan/crl")).isZero();
    }

    @Test
    void aProvidersKeyComesWithTheReportAndItsChainFromTheService() throws Exception {
        SnpReport report = SnpReport.of(MILAN, 3);
        report.loaded();
        SnpPki.Vek vek = report.vlek();
        publish(MILAN, "vlek");
        byte[] evidence = report.make(vek.keys());
        Bundle bundle = source.fetch("snp", evidence, Update.STANDARD);
        assertThat(server.requests())
                .containsExactlyInAnyOrder("/vlek/v1/Milan/cert_chain", "/vlek/v1/Milan/crl");
        assertThat(check(judge(MILAN, evidence, bundle))).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void aMaskedChipIsNotAskedFor() throws Exception {
        SnpReport report = SnpReport.of(MILAN, 3);
        SnpPki.Vek vek = report.vcek();
        report.put(SnpReport.CHIP_ID, new byte[64]);
        publish(MILAN, "vcek");
        byte[] evidence = report.make(vek.keys());
        Bundle bundle = source.fetch("snp", evidence, Update.STANDARD);
        assertThat(bundle.files().keySet())
                .containsExactly("cert_chain_milan.pem", "crl_milan.der");
        assertThat(check(judge(MILAN, evidence, bundle))).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void anotherChipsKeyIsNoAnswer() {
        SnpReport report = SnpReport.of(MILAN, 3);
        SnpPki.Vek vek = report.vcek();
        byte[] other = HexFormat.of().parseHex("08".repeat(64));
        publish(MILAN, "vcek");
        publishKey(MILAN, MILAN_CHIP + MILAN_LEVELS, MILAN.vcek(report.tcb, other));
        assertThat(failure(report.make(vek.keys()))).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @Test
    void aKeyForAnotherTcbIsNoAnswer() {
        SnpReport report = SnpReport.of(MILAN, 3);
        SnpPki.Vek vek = report.vcek();
        byte[] newer = report.tcb.clone();
        newer[7]++;
        publish(MILAN, "vcek");
        publishKey(MILAN, MILAN_CHIP + MILAN_LEVELS, MILAN.vcek(newer, report.hardwareId()));
        assertThat(failure(report.make(vek.keys()))).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @Test
    void anotherProductsChainIsNoAnswer() {
        SnpReport report = SnpReport.of(MILAN, 3);
        SnpPki.Vek vek = report.vcek();
        publish(MILAN, "vcek");
        server.on("/vcek/v1/Milan/cert_chain", SnpPki.pem(GENOA.ask(), GENOA.ark()));
        publishKey(MILAN, MILAN_CHIP + MILAN_LEVELS, vek);
        assertThat(failure(report.make(vek.keys()))).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @Test
    void anotherRootOfTheSameNamesIsFetchedAndRefusedByTheVerifier() throws Exception {
        SnpPki hostile = SnpPki.at("Milan", NOW);
        SnpReport report = SnpReport.of(hostile, 3);
        SnpPki.Vek vek = report.vcek();
        publish(hostile, "vcek");
        publishKey(hostile, MILAN_CHIP + MILAN_LEVELS, vek);
        byte[] evidence = report.make(vek.keys());
        Bundle bundle = source.fetch("snp", evidence, Update.STANDARD);
        assertThat(check(judge(MILAN, evidence, bundle))).isEqualTo(Check.ROOT);
    }

    /** Else what somebody slipped in once would be refused by every verdict of a day. */
    @Test
    void aChainToNoTrustedRootIsNotKept() throws Exception {
        SnpPki hostile = SnpPki.at("Milan", NOW);
        SnpReport report = SnpReport.of(MILAN, 3);
        SnpPki.Vek vek = report.vcek();
        publish(hostile, "vcek");
        publishKey(MILAN, MILAN_CHIP + MILAN_LEVELS, vek);
        byte[] evidence = report.make(vek.keys());
        CollateralSource trusting = source.source(Update.STANDARD, Set.of(MILAN.rootHash()));
        assertThat(failure(trusting, evidence)).isEqualTo(FetchException.Kind.MALFORMED);
        assertThat(server.requests()).containsExactly("/vcek/v1/Milan/cert_chain");

        publish(MILAN, "vcek");
        clock.by(Duration.ofMinutes(1));
        assertThat(judge(MILAN, evidence, trusting.fetch("snp", evidence)))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aKeyOrAListThatTheChainDidNotSignIsNoAnswer() {
        SnpReport report = SnpReport.of(MILAN, 3);
        SnpPki.Vek vek = report.vcek();
        byte[] evidence = report.make(vek.keys());
        publish(MILAN, "vcek");
        server.on(
                "/vcek/v1/Milan/" + MILAN_CHIP + MILAN_LEVELS,
                changed(Certificates.der(vek.certificate())));
        assertThat(failure(evidence)).isEqualTo(FetchException.Kind.MALFORMED);
        assertThat(server.count("/vcek/v1/Milan/crl")).isZero();

        clock.by(Duration.ofMinutes(1));
        publishKey(MILAN, MILAN_CHIP + MILAN_LEVELS, vek);
        server.on("/vcek/v1/Milan/crl", changed(MILAN.crl(MILAN.validity(), List.of())));
        assertThat(failure(evidence)).isEqualTo(FetchException.Kind.MALFORMED);
        assertThat(server.count("/vcek/v1/Milan/crl")).isEqualTo(1);
    }

    /** The last byte is the signature's. */
    private static byte[] changed(byte[] signed) {
        byte[] changed = signed.clone();
        changed[changed.length - 1] ^= 1;
        return changed;
    }

    private static FetchException.Kind failure(CollateralSource source, byte[] evidence) {
        try {
            throw new AssertionError(source.fetch("snp", evidence).files().keySet());
        } catch (FetchException e) {
            return e.kind();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aListThatHasEndedIsNone() {
        SnpReport report = SnpReport.of(MILAN, 3);
        SnpPki.Vek vek = report.vcek();
        publish(MILAN, "vcek");
        publishKey(MILAN, MILAN_CHIP + MILAN_LEVELS, vek);
        clock.to(MILAN.validity().until());
        assertThat(failure(report.make(vek.keys()))).isEqualTo(FetchException.Kind.STALE);
    }

    @Test
    void whatIsNoReportNamesNothingToAsk() {
        assertThat(failure(new byte[1184])).isEqualTo(FetchException.Kind.NOTHING_TO_ASK);
        SnpReport unsigned = SnpReport.of(MILAN, 3);
        unsigned.put32(SnpReport.FLAGS, 7 << 2);
        assertThat(failure(unsigned.make(MILAN.vcek(unsigned.tcb, new byte[64]).keys())))
                .isEqualTo(FetchException.Kind.NOTHING_TO_ASK);
        assertThat(server.requests()).isEmpty();
    }
}
