package io.attestgate.verify.snp;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** AMD's three roots, played, and the questions that tests ask about reports below them. */
final class PlayedAmd {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Instant END = Instant.parse("2099-01-01T00:00:00Z");
    static final SnpPki MILAN = SnpPki.at("Milan", NOW);
    static final SnpPki GENOA = SnpPki.at("Genoa", NOW);
    static final SnpPki TURIN = SnpPki.at("Turin", NOW);

    private PlayedAmd() {}

    static SnpPki pki(String product) {
        return switch (product) {
            case "Milan" -> MILAN;
            case "Genoa" -> GENOA;
            default -> TURIN;
        };
    }

    static SnpReport milan() {
        return SnpReport.of(MILAN, 3);
    }

    /** The key's certificate in DER, the chain in PEM, and an empty revocation list. */
    static SortedMap<String, byte[]> files(SnpPki pki, SnpPki.Vek vek) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("vek.der", Certificates.der(vek.certificate()));
        files.put("chain.pem", SnpPki.pem(pki.ask(), pki.ark(), pki.asvk()));
        files.put("crl.der", pki.crl(pki.validity(), List.of()));
        return files;
    }

    static Collateral read(SortedMap<String, byte[]> files) {
        return Collateral.parse(new Bundle(files)).toOptional().orElseThrow();
    }

    /** Floors of zero, both kinds of keys, every permission, and no state but unjudged. */
    static SnpPolicy lenient() {
        SnpTcb zero = new SnpTcb(0, 0, 0, 0, 0);
        Map<SnpProduct, SnpPolicy.Floors> floors = new EnumMap<>(SnpProduct.class);
        for (SnpProduct product : SnpProduct.values()) {
            floors.put(product, new SnpPolicy.Floors(zero, zero, zero, zero));
        }
        return new SnpPolicy(
                floors,
                Set.of(SnpPolicy.VCEK, SnpPolicy.VLEK + SnpReport.PROVIDER),
                Set.of(SnpPolicy.Permission.values()),
                Set.of(),
                new SnpPolicy.Abi(0, 0),
                0,
                Revocation.REQUIRED);
    }

    static AppraisalPolicy policy(SnpPolicy snp) {
        Set<Hash32> roots =
                new HashSet<>(Set.of(MILAN.rootHash(), GENOA.rootHash(), TURIN.rootHash()));
        return new AppraisalPolicy(
                        roots,
                        Map.of(TcbState.UNJUDGED, END),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(snp);
    }

    /** By the chip's key, with good collateral. */
    static Appraisal judge(SnpReport report) {
        return judge(report, policy(lenient()));
    }

    static Appraisal judge(SnpReport report, AppraisalPolicy policy) {
        return judge(report, report.vcek(), policy);
    }

    static Appraisal judge(SnpReport report, SnpPki.Vek vek, AppraisalPolicy policy) {
        return judge(report.make(vek.keys()), files(report.pki, vek), policy, NOW);
    }

    static Appraisal judge(
            byte[] report, SortedMap<String, byte[]> files, AppraisalPolicy policy, Instant now) {
        return Verifier.verify(report, read(files), policy, Optional.<Octets>empty(), now);
    }

    static Appraisal.Trusted trusted(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> trusted;
            case Refusal refusal -> throw new AssertionError(refusal.toString());
        };
    }

    static Check check(Appraisal appraisal) {
        return switch (appraisal) {
            case Appraisal.Trusted trusted -> throw new AssertionError("trusted, " + trusted.tcb());
            case Refusal refusal -> refusal.check();
        };
    }
}
