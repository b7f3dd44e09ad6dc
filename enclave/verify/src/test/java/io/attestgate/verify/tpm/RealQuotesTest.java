package io.attestgate.verify.tpm;

import static io.attestgate.verify.tpm.PlayedTpm.check;
import static io.attestgate.verify.tpm.PlayedTpm.trusted;
import static io.attestgate.verify.tpm.TpmVectors.AZURE;
import static io.attestgate.verify.tpm.TpmVectors.COCO;
import static io.attestgate.verify.tpm.TpmVectors.COCO_SPKI;
import static io.attestgate.verify.tpm.TpmVectors.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.snp.Verifier;
import io.attestgate.verify.x509.CertificateFiles;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotes of real TPMs, each with the verdict that it must get. */
final class RealQuotesTest {
    private static final String KNOWN = "[\"spki:" + COCO_SPKI + "\"]";
    private static final String HARDWARE = "[\"hardware\"]";

    @BeforeEach
    void vectors() {
        RealVectors.require();
    }

    private static Appraisal judge(String name, AppraisalPolicy policy, Bundle bundle) {
        return judge(TpmVectors.quote(name), policy, bundle, Optional.empty());
    }

    private static Appraisal judge(
            byte[] quote, AppraisalPolicy policy, Bundle bundle, Optional<Octets> data) {
        return EvidenceKinds.recognise(quote)
                .orElseThrow()
                .verify(quote, bundle, policy, data, TpmVectors.NOW);
    }

    @Test
    void aQuoteByAKnownKeyIsTrusted() {
        Appraisal.Trusted trusted = trusted(judge(COCO, policy(KNOWN), TpmVectors.bundle()));

        RealVectors.accepted("tpm", COCO);
        assertThat(trusted.report().platform()).isEqualTo("tpm");
        assertThat(trusted.identity()).containsEntry("akSpki", COCO_SPKI);
        assertThat(trusted.claims()).containsKeys("pcr00", "pcr23");
    }

    @Test
    void aQuoteOfAzureIsTrustedForTheProcessorThatNamesItsKey() {
        Appraisal.Trusted trusted = trusted(judge(AZURE, policy(HARDWARE), TpmVectors.bundle()));

        RealVectors.accepted("tpm", AZURE);
        assertThat(trusted.report().platform()).isEqualTo("azure-snp");
        assertThat(trusted.report().registers()).hasSize(48 + 32 + 8 + 2 + 3 + 32);
        assertThat(trusted.report().instance()).isPresent();
        assertThat(trusted.identity()).containsKeys("chipId", "akSpki", "vmUniqueId");
        assertThat(trusted.roots()).containsExactly(Verifier.ARK_MILAN);
        assertThat(trusted.claims())
                .containsEntry(
                        "extraData",
                        Octets.of("challenge".getBytes(StandardCharsets.UTF_8)).toString())
                .containsEntry("hardware.vmpl", "0x00000000");
    }

    @Test
    void nonesuchWayOfBelievingAKeyIsRefused() {
        assertThat(check(judge(COCO, policy(HARDWARE), TpmVectors.bundle())))
                .isEqualTo(Check.SIGNER);
        assertThat(check(judge(AZURE, policy(KNOWN), TpmVectors.bundle()))).isEqualTo(Check.SIGNER);
        assertThat(
                        check(
                                judge(
                                        COCO,
                                        policy("[\"spki:" + Hash32.ZERO + "\"]"),
                                        TpmVectors.bundle())))
                .isEqualTo(Check.SIGNER);
        RealVectors.refused("tpm", COCO + " by an unknown key", Check.SIGNER);
        RealVectors.refused("tpm", AZURE + " by an unknown key", Check.SIGNER);
    }

    @Test
    void anotherNonceIsRefused() {
        for (String name : new String[] {COCO, AZURE}) {
            String keys = name.equals(COCO) ? KNOWN : HARDWARE;
            assertThat(
                            check(
                                    judge(
                                            TpmVectors.quote(name),
                                            policy(keys),
                                            TpmVectors.bundle(),
                                            Optional.of(Octets.of(new byte[64])))))
                    .isEqualTo(Check.REPORT_DATA);
            RealVectors.refused("tpm", name + " for another nonce", Check.REPORT_DATA);
        }
    }

    @ParameterizedTest
    @CsvSource({"generic-coco", "milan-v3-azure-v0"})
    void aPcrThatWasChangedIsRefused(String name) {
        SortedMap<String, byte[]> files = TpmVectors.files();
        String pcrs = new String(files.get(name + ".pcrs.json"), StandardCharsets.US_ASCII);
        int last = pcrs.lastIndexOf('"') - 1;
        String changed =
                pcrs.substring(0, last)
                        + (pcrs.charAt(last) == '1' ? '2' : '1')
                        + pcrs.substring(last + 1);
        files.put(name + ".pcrs.json", changed.getBytes(StandardCharsets.US_ASCII));
        String keys = name.equals(COCO) ? KNOWN : HARDWARE;

        assertThat(check(judge(name, policy(keys), new Bundle(files)))).isEqualTo(Check.PCRS);
        RealVectors.refused("tpm", name + " with a changed PCR", Check.PCRS);
    }

    @Test
    void fewerPcrsThanWereQuotedAreRefused() {
        assertThat(check(judge(COCO, policy(KNOWN, "[0,1,2]"), TpmVectors.bundle())))
                .isEqualTo(Check.PCRS);
    }

    @Test
    void aReportOfAnotherMachineDoesNotNameThisKey() {
        SortedMap<String, byte[]> files = TpmVectors.files();
        files.put(
                AZURE + ".report.bin",
                RealVectors.read("evidence/snp/milan-v3-azure-v2.report.bin"));
        files.put("v2.vek.der", RealVectors.read("evidence/snp/milan-v3-azure-v2.vek.der"));

        assertThat(check(judge(AZURE, policy(HARDWARE), new Bundle(files))))
                .isEqualTo(Check.SIGNER);
        RealVectors.refused("tpm", AZURE + " with another machine's report", Check.SIGNER);
    }

    @Test
    void anotherMachinesSignatureIsRefused() {
        SortedMap<String, byte[]> files = TpmVectors.files();
        byte[] other = RealVectors.read(TpmVectors.FOLDER + COCO + ".tpmt_signature.bin");
        files.put(
                AZURE + ".rsassa-sha256.sig", java.util.Arrays.copyOfRange(other, 6, other.length));

        assertThat(check(judge(AZURE, policy(HARDWARE), new Bundle(files))))
                .isEqualTo(Check.SIGNATURE);
    }

    @Test
    void aProcessorsOwnRefusalIsTheVerdict() {
        SortedMap<String, byte[]> files = TpmVectors.files();
        files.remove(AZURE + ".vek.der");

        assertThat(check(judge(AZURE, policy(HARDWARE), new Bundle(files))))
                .isEqualTo(Check.COLLATERAL);
    }

    @Test
    void aQuoteFindsItsPartsByTheirNamesOrByItsSignature() {
        SortedMap<String, byte[]> files = TpmVectors.files();
        files.remove(COCO + ".tpms_attest.bin");
        files.remove(AZURE + ".tpms_attest.bin");

        assertThat(judge(COCO, policy(KNOWN), new Bundle(files)))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(judge(AZURE, policy(HARDWARE), new Bundle(files)))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(COCO, policy(KNOWN), Bundle.empty()))).isEqualTo(Check.REPORT);
    }

    @Test
    void everyPublishedRootIsThePinnedOne() throws Exception {
        String flashbots = "collateral/flashbots-attested-tls/crates/attestation/assets/";
        String google = "collateral/go-tpm-tools/server/ca-certs/";
        CertificateFiles files = new CertificateFiles();
        for (String name :
                new String[] {
                    google + "gcp_ek_ak_ca_root.crt",
                    flashbots + "azure-virtual-tpm-root-2023.pem",
                    flashbots + "microsoft-rsa-devices-root-ca-2021.pem",
                    google + "gcp_ek_ak_ca_intermediate_v3.crt"
                }) {
            files.read(RealVectors.read(name));
        }

        assertThat(
                        files.certificates().stream()
                                .limit(3)
                                .map(io.attestgate.verify.x509.Certificates::sha256))
                .containsExactly(
                        io.attestgate.verify.tpm.Verifier.GOOGLE_EK_AK,
                        io.attestgate.verify.tpm.Verifier.AZURE_VIRTUAL_TPM,
                        io.attestgate.verify.tpm.Verifier.MICROSOFT_RSA_DEVICES);
        assertThat(files.certificates().get(3).getIssuerX500Principal())
                .isEqualTo(files.certificates().get(0).getSubjectX500Principal());
    }
}
