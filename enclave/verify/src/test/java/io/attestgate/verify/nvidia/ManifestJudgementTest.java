package io.attestgate.verify.nvidia;

import static io.attestgate.verify.nvidia.NvidiaVectors.check;
import static io.attestgate.verify.nvidia.NvidiaVectors.trusted;
import static io.attestgate.verify.nvidia.PlayedNvidia.BLACKWELL;
import static io.attestgate.verify.nvidia.PlayedNvidia.HOPPER;
import static io.attestgate.verify.nvidia.PlayedNvidia.NOW;
import static io.attestgate.verify.nvidia.PlayedNvidia.filled;
import static io.attestgate.verify.nvidia.PlayedNvidia.hopper;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.testpki.NvidiaPki;
import io.attestgate.verify.testpki.NvidiaReport;
import io.attestgate.verify.testpki.NvidiaRim;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.wire.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests: which counts, what it lists, and what a forger does to XML. */
final class ManifestJudgementTest {
    private final PlayedNvidia played = hopper();

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 13, 40})
    void aMeasurementThatNoManifestListsIsRefusedByItsIndex(int index) {
        played.report.measurements.put(index + 1, filled(48, 0xee));
        Appraisal appraisal = played.judge();

        assertThat(check(appraisal)).isEqualTo(Check.MODULE);
        assertThat(((Refusal) appraisal).found()).startsWith("measurement " + index + ": 0xee");
    }

    @Test
    void aMeasurementThatIsAbsentIsRefused() {
        played.report.measurements.remove(41);
        played.report.blocks--;

        assertThat(check(played.judge())).isEqualTo(Check.MODULE);
    }

    @Test
    void aMeasurementOfAnotherSizeIsRefused() {
        played.report.measurements.put(1, new byte[0]);

        assertThat(check(played.judge())).isEqualTo(Check.MODULE);
    }

    @Test
    void whatNoManifestNamesIsNotJudged() {
        played.report.measurements.put(42, filled(48, 0xee));

        assertThat(trusted(played.judge()).claims()).containsEntry("measurementsJudged", "41");
    }

    @Test
    void everyAlternativePassesAndNoOther() {
        NvidiaRim driver = played.driver();
        byte[] other = filled(48, 0xd0);
        driver.golden.put(30, List.of(NvidiaReport.value(30), other, filled(48, 0xd1)));
        played.manifests(driver, played.vbios());
        for (byte[] value : List.of(NvidiaReport.value(30), other, filled(48, 0xd1))) {
            played.report.measurements.put(31, value);
            assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);
        }

        played.report.measurements.put(31, filled(48, 0xd2));
        assertThat(check(played.judge())).isEqualTo(Check.MODULE);
    }

    /** NVDEC0 may be fused off; its measurement 35 then counts for nothing. */
    @Test
    void aDecoderThatIsOffIsNotMeasured() {
        played.report.measurements.put(36, filled(48, 0xee));
        assertThat(check(played.judge())).isEqualTo(Check.MODULE);

        played.report.opaque.put(NvidiaReport.NVDEC0_STATUS, new byte[] {0x55});
        assertThat(trusted(played.judge()).claims()).containsEntry("measurementsJudged", "40");
    }

    @Test
    void anIndexInBothManifestsIsRefused() {
        played.manifests(played.driver().of(12, 12), played.vbios());

        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void aManifestOfAnotherVersionOrProductIsNotTheReports() {
        NvidiaRim version = new NvidiaRim("GH100", "590.48.02").of(13, 40);
        played.manifests(version, played.vbios());
        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL_MATCH);

        NvidiaRim product = new NvidiaRim("GB100", NvidiaReport.DRIVER).of(13, 40);
        played.manifests(product, played.vbios());
        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL_MATCH);

        played.files.remove("driver.xml");
        played.files.remove("vbios.xml");
        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void versionsAreComparedWithoutCase() {
        played.manifests(played.driver(), new NvidiaRim("GH100", "97.00.d9.00.35").of(0, 12));

        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void ofSeveralManifestsThatWhichStandsCounts() {
        NvidiaRim other = played.driver();
        other.golden.put(13, List.of(filled(48, 1)));
        played.files.put("a.xml", other.make(played.pki));
        played.files.put("b.xml", new NvidiaRim("GH100", "1.2").of(0, 1).make(played.pki));

        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aManifestUnderAnotherRootIsRefused() {
        played.files.put("driver.xml", played.driver().make(BLACKWELL));
        assertThat(check(played.judge())).isEqualTo(Check.ROOT);

        played.files.put(
                "driver.xml",
                played.driver()
                        .make(
                                played.device.key().keys().getPrivate(),
                                HOPPER.chain(played.device)));
        assertThat(check(played.judge())).isEqualTo(Check.ROOT);
    }

    @Test
    void aManifestThatAnotherSignedIsRefused() {
        played.files.put(
                "driver.xml", played.driver().make(SnpPki.p384().getPrivate(), HOPPER.rimChain()));

        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
    }

    /** A responder of the same authority may answer for certificates, and no more. */
    @Test
    void anOcspRespondersSignatureIsNoManifestSigners() {
        NvidiaPki responder =
                HOPPER.withRimSigner(played.responder(HOPPER.rimAuthority()).responder());
        played.files.put("driver.xml", played.driver().make(responder));

        assertThat(check(played.judge())).isEqualTo(Check.CERTIFICATE);
    }

    @Test
    void aSignersTimeCounts() {
        NvidiaPki old =
                HOPPER.withRimSigner(
                        HOPPER.rimAuthority()
                                .issue(
                                        NvidiaPki.signer(
                                                "HCC RIM L4 Signer",
                                                new Validity(
                                                        HOPPER.validity().from(),
                                                        NOW.minusSeconds(1)))));
        played.files.put("driver.xml", played.driver().make(old));

        assertThat(check(played.judge())).isEqualTo(Check.EXPIRED);
    }

    private void forged(String from, String to) {
        String xml = new String(played.files.get("driver.xml"), StandardCharsets.UTF_8);
        assertThat(xml).contains(from);
        played.files.put("driver.xml", xml.replace(from, to).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aManifestThatWasChangedIsRefused() {
        String golden = "0e".repeat(48);
        forged(golden, "ee".repeat(48));
        played.report.measurements.put(14, filled(48, 0xee));

        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
    }

    /** The signed tag hidden inside, another around it: the root alone is read. */
    @Test
    void aManifestWrappedInAnotherIsRefused() {
        String signed = new String(played.files.get("driver.xml"), StandardCharsets.UTF_8);
        String inner = signed.substring(signed.indexOf("<SoftwareIdentity"));
        String signature =
                inner.substring(inner.indexOf("<ds:Signature"), inner.indexOf("</SoftwareId"));
        NvidiaRim outer = played.driver();
        outer.golden.put(13, List.of(filled(48, 0xee)));
        played.report.measurements.put(14, filled(48, 0xee));
        for (String more :
                List.of(
                        inner,
                        signature,
                        "<ns0:Evidence>" + inner + "</ns0:Evidence>",
                        "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"/>"
                                + signature,
                        signature.replace(
                                "<ds:KeyInfo>",
                                "<ds:Object>" + inner + "</ds:Object><ds:KeyInfo>"))) {
            outer.more = more;
            played.files.put("driver.xml", outer.unsigned().getBytes(StandardCharsets.UTF_8));

            assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
        }
    }

    @Test
    void aReferenceToAPartOfTheDocumentIsRefused() {
        NvidiaRim driver = played.driver();
        driver.rootAttributes = " Id=\"tag\"";
        driver.reference = "#tag";
        played.files.put("driver.xml", driver.make(played.pki));

        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void onlyTheAlgorithmsThatNvidiaUsesAreRead() {
        NvidiaRim comments = played.driver();
        comments.canonicalisation = "http://www.w3.org/2006/12/xml-c14n11#WithComments";
        NvidiaRim digest = played.driver();
        digest.digestMethod = "http://www.w3.org/2000/09/xmldsig#sha1";
        NvidiaRim method = played.driver();
        method.signatureMethod = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
        for (NvidiaRim one : List.of(comments, digest, method)) {
            played.files.put("driver.xml", one.make(played.pki));

            assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
        }

        NvidiaRim exclusive = played.driver();
        exclusive.canonicalisation = "http://www.w3.org/2001/10/xml-exc-c14n#";
        played.files.put("driver.xml", exclusive.make(played.pki));
        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE SoftwareIdentity [<!ENTITY a \"b\">]>",
                "<!DOCTYPE SoftwareIdentity SYSTEM \"http://127.0.0.1:9/never\">"
            })
    void aDocumentTypeIsRefused(String type) {
        String xml = type + played.driver().unsigned();

        assertThat(Rim.parse(xml.getBytes(StandardCharsets.UTF_8)).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.path()).isEqualTo("xml"));
    }

    @Test
    void depthAndBreadthHaveTheirLimits() {
        String deep = "<a>".repeat(20_000) + "</a>".repeat(20_000);
        StringBuilder wide = new StringBuilder("<a");
        for (int i = 0; i < 1000; i++) {
            wide.append(" b").append(i).append("=\"\"");
        }
        for (String xml : List.of(deep, wide + "/>", " ".repeat(300_000) + "<a/>")) {
            assertThat(Rim.parse(xml.getBytes(StandardCharsets.UTF_8)).faults()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "index=\"13\"|index=\"14\"",
                "index=\"13\"|index=\"254\"",
                "index=\"13\"|index=\"-1\"",
                "active=\"True\"|active=\"yes\"",
                "alternatives=\"1\"|alternatives=\"0\"",
                "alternatives=\"1\"|alternatives=\"65\"",
                "alternatives=\"1\"|alternatives=\"2\"",
                "ns2:Hash0|ns2:Hash1",
                "ns2:Hash0|Hash0",
                "size=\"48\"|size=\"47\"",
                "type=\"Measurement\"|type=\"File\"",
                "<ns0:Resource|<ns0:File",
                "<ns0:Meta |<ns0:Meta2 ",
                "colloquialVersion=|version=",
                "product=\"GH100\"|product=\"\"",
                "<ns0:Entity|<ns0:Evidence"
            })
    void aBrokenTagIsNoManifest(String change) {
        String[] parts = change.split("\\|", 2);
        String xml = played.driver().unsigned();
        assertThat(xml).contains(parts[0]);
        byte[] broken = xml.replace(parts[0], parts[1]).getBytes(StandardCharsets.UTF_8);

        assertThat(Rim.parse(broken).faults()).isNotEmpty();
    }

    @Test
    void twoHashesMoreThanAlternativesAreRefused() {
        String xml =
                played.driver()
                        .unsigned()
                        .replaceFirst("alternatives=\"1\"", "alternatives=\"1\" ns2:Hash1=\"00\"");

        assertThat(Rim.parse(xml.getBytes(StandardCharsets.UTF_8)).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.path()).isEqualTo("resource 13"));
    }

    @Test
    void theAnswerOfTheRimServiceIsRead() {
        byte[] xml = played.files.remove("driver.xml");
        String json =
                "{\"id\":\"NV_GPU_DRIVER_GH100_590.48.01\",\"rim\":\"%s\",\"rim_format\":\"XML\"}"
                        .formatted(Base64.getEncoder().encodeToString(xml));
        played.files.put("answer.json", json.getBytes(StandardCharsets.UTF_8));

        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void filesOfNoKnownFormArePassedOver() {
        played.files.put("readme.txt", "Not base64, not XML.".getBytes(StandardCharsets.UTF_8));
        played.files.put("word.txt", "abcd".getBytes(StandardCharsets.UTF_8));
        played.files.put("other.json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        played.files.put("empty", new byte[0]);

        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void anAnswerOfTheRimServiceThatWasCutIsAFaultAndAnothersFileIsNone() {
        assertThat(Collateral.parse(json("{\"id\": \"NV\", \"rim\": \"PD94bWw")).faults())
                .extracting(Fault::path)
                .containsExactly("collateral file: $.rim at character 28");
        assertThat(Collateral.parse(json("{\"tcb_info\": \"{")).faults()).isEmpty();
    }

    private static Bundle json(String json) {
        return Bundle.of("file", json.getBytes(StandardCharsets.UTF_8));
    }
}
