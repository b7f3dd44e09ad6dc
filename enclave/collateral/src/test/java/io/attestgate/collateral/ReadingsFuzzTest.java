package io.attestgate.collateral;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.collateral.amd.KeyService;
import io.attestgate.collateral.http.Question;
import io.attestgate.collateral.http.Service;
import io.attestgate.collateral.http.Trust;
import io.attestgate.collateral.intel.IntelService;
import io.attestgate.collateral.nvidia.OcspService;
import io.attestgate.collateral.nvidia.RimService;
import io.attestgate.verify.dcap.CollateralNeed;
import io.attestgate.verify.dcap.Tee;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.snp.Signer;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.verify.testpki.DcapPki;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What vendors' services answer, read from arbitrary bytes. */
final class ReadingsFuzzTest {
    private static final Service SERVICE = new Service("https://vendor.example");
    private static final DcapPki PKI = DcapPki.at(Instant.parse("2026-06-01T12:00:00Z"));
    private static final Trust TRUST = new Trust(Set.of(PKI.rootHash()));
    private static final List<Question> QUESTIONS = questions();
    private static final Question CRL =
            IntelService.Pcs.at(SERVICE).pckCrl(CollateralNeed.Authority.PLATFORM, TRUST);
    private static final byte[] LIST = PKI.platformAuthority().crl(PKI.validity(), List.of());

    private static List<Question> questions() {
        IntelService intel = IntelService.Pcs.at(SERVICE);
        KeyService amd = new KeyService(SERVICE);
        CollateralNeed need =
                new CollateralNeed(
                        Tee.TDX,
                        Octets.of(new byte[] {0, 1, 2, 3, 4, 5}),
                        CollateralNeed.Authority.PLATFORM,
                        PKI.root().certificate());
        return List.of(
                intel.tcbInfo(need, Update.STANDARD, TRUST),
                intel.identity(Tee.TDX, Update.STANDARD, TRUST),
                intel.pckCrl(need.authority(), TRUST),
                intel.rootCaCrl(need.root(), TRUST),
                intel.evaluationNumbers(Tee.TDX),
                amd.vcek(
                        SnpProduct.MILAN,
                        Octets.of(new byte[64]),
                        new SnpTcb(0, 0, 0, 0, 0),
                        PKI.root().certificate()),
                amd.chain(Signer.VCEK, SnpProduct.MILAN, TRUST),
                amd.crl(Signer.VCEK, SnpProduct.MILAN, PKI.root().certificate()),
                new RimService(SERVICE).rim("NV", TRUST).toOptional().orElseThrow(),
                new OcspService(SERVICE)
                        .status(PKI.pck().certificate(), PKI.platformAuthority().certificate()));
    }

    /** The first byte says which question; what follows is the body. */
    @FuzzTest(maxDuration = "60s")
    void anyBodyIsReadOrRefused(byte[] data) {
        if (data.length > 0) {
            Question question = QUESTIONS.get(Byte.toUnsignedInt(data[0]) % QUESTIONS.size());
            byte[] body = Arrays.copyOfRange(data, 1, data.length);
            read(question, PlayedServer.encoded(PlayedIntel.chain(PKI, true)), body);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyChainIsReadOrRefused(byte[] header) {
        read(CRL, new String(header, StandardCharsets.ISO_8859_1), LIST);
    }

    private static void read(Question question, String chain, byte[] body) {
        HttpHeaders headers =
                HttpHeaders.of(
                        Map.of(
                                PlayedIntel.TCB_CHAIN, List.of(chain),
                                PlayedIntel.QE_CHAIN, List.of(chain),
                                PlayedIntel.CRL_CHAIN, List.of(chain)),
                        (name, value) -> true);
        question.reading()
                .read(headers, body)
                .toOptional()
                .ifPresent(answer -> assertThat(answer.files()).isNotEmpty());
    }
}
