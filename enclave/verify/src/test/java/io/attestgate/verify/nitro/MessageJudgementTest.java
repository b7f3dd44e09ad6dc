package io.attestgate.verify.nitro;

import static io.attestgate.verify.nitro.PlayedAmazon.PKI;
import static io.attestgate.verify.nitro.PlayedAmazon.SIGNER;
import static io.attestgate.verify.nitro.PlayedAmazon.check;
import static io.attestgate.verify.nitro.PlayedAmazon.enclave;
import static io.attestgate.verify.nitro.PlayedAmazon.judge;
import static io.attestgate.verify.testpki.NitroDocument.es384;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.cbor.Cbor;
import io.attestgate.verify.cbor.CborWriter;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.testpki.NitroDocument;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The message around a document: headers, payload, signature (RFC 9052 §4.2). */
final class MessageJudgementTest {

    @Test
    void aMessageMayHaveItsTagAndNoOther() {
        Cbor message = enclave().message();

        assertThat(judge(CborWriter.write(new Cbor.Tagged(18, message))))
                .isInstanceOf(Appraisal.Trusted.class);
        for (long tag : new long[] {16, 17, 61, 98}) {
            assertThat(check(judge(CborWriter.write(new Cbor.Tagged(tag, message)))))
                    .isEqualTo(Check.REPORT);
        }
        assertThat(
                        check(
                                judge(
                                        CborWriter.write(
                                                new Cbor.Tagged(
                                                        18, new Cbor.Tagged(18, message))))))
                .isEqualTo(Check.REPORT);
    }

    @Test
    void nothingFollowsAMessageAndNothingIsMissing() {
        byte[] document = enclave().make();
        byte[] longer = Arrays.copyOf(document, document.length + 1);

        assertThat(check(judge(longer))).isEqualTo(Check.REPORT);
        assertThat(check(judge(Arrays.copyOf(document, document.length - 1))))
                .isEqualTo(Check.REPORT);
        assertThat(check(judge(new byte[0]))).isEqualTo(Check.REPORT);
    }

    /** Each is signed as it is, by the right key: what it says is what is refused. */
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "a10126, ES256",
        "a1013823, ES512",
        "a10127, EdDSA",
        "a1013824, PS256",
        "'', empty",
        "a0, empty map",
        "a1013922, longer form",
        "bf013822ff, indefinite length",
        "a201382204413 1, with a key id",
        "a20138220281 01, with a critical label",
        "a10139ffff, unknown algorithm",
        "a2013822 013822, twice",
    })
    void everyOtherProtectedHeaderIsRefused(String hex, String name) {
        NitroDocument document = enclave();
        document.protectedHeader = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThat(check(judge(document))).as(name).isEqualTo(Check.REPORT);
    }

    /** Nobody signs this header, so whoever passes the message on can write it. */
    @Test
    void everyUnprotectedHeaderIsRefused() {
        Map<Cbor, Cbor> algorithm = new LinkedHashMap<>();
        algorithm.put(new Cbor.Int(1), new Cbor.Int(-7));
        for (Cbor header :
                new Cbor[] {
                    new Cbor.Pairs(algorithm),
                    Cbor.pairs("kid", new Cbor.Null()),
                    new Cbor.Null(),
                    Cbor.Bytes.of(es384())
                }) {
            NitroDocument document = enclave();
            document.unprotectedHeader = header;

            assertThat(check(judge(document))).isEqualTo(Check.REPORT);
        }
    }

    @Test
    void anAlgorithmInTheUnprotectedHeaderInsteadIsRefused() {
        NitroDocument document = enclave();
        Map<Cbor, Cbor> algorithm = new LinkedHashMap<>();
        algorithm.put(new Cbor.Int(1), new Cbor.Int(-35));
        document.protectedHeader = new byte[0];
        document.unprotectedHeader = new Cbor.Pairs(algorithm);

        assertThat(check(judge(document))).isEqualTo(Check.REPORT);
    }

    @Test
    void thePayloadIsThereAndWithinItsBound() {
        byte[] signature = new byte[96];

        assertThat(check(judge(CborWriter.write(enclave().message(null, signature)))))
                .isEqualTo(Check.REPORT);
        assertThat(check(judge(CborWriter.write(enclave().message(new byte[0], signature)))))
                .isEqualTo(Check.REPORT);
        assertThat(check(judge(CborWriter.write(enclave().message(new byte[16385], signature)))))
                .isEqualTo(Check.REPORT);
    }

    @Test
    void theSignatureIsTwoNumbersOf48Bytes() throws GeneralSecurityException {
        NitroDocument document = enclave();
        byte[] payload = document.payload();
        byte[] right = NitroDocument.sign(SIGNER.keys().getPrivate(), es384(), payload);
        Signature der = Signature.getInstance("SHA384withECDSA");
        der.initSign(SIGNER.keys().getPrivate());
        der.update(payload);

        for (byte[] signature :
                new byte[][] {
                    Arrays.copyOf(right, 95), Arrays.copyOf(right, 97), new byte[0], der.sign()
                }) {
            assertThat(check(judge(CborWriter.write(document.message(payload, signature)))))
                    .isEqualTo(Check.REPORT);
        }
        assertThat(check(judge(CborWriter.write(document.message(payload, new byte[96])))))
                .isEqualTo(Check.SIGNATURE);
    }

    @Test
    void onlyTheKeyOfTheCertificateSignsAndOnlyThisDocument() {
        NitroDocument document = enclave();
        byte[] payload = document.payload();
        byte[] others = NitroDocument.sign(PKI.instance().keys().getPrivate(), es384(), payload);
        byte[] before =
                NitroDocument.sign(
                        SIGNER.keys().getPrivate(), es384(), enclave().pcr(0, 77).payload());

        assertThat(check(judge(CborWriter.write(document.message(payload, others)))))
                .isEqualTo(Check.SIGNATURE);
        assertThat(check(judge(CborWriter.write(document.message(payload, before)))))
                .isEqualTo(Check.SIGNATURE);
    }

    /** A signature over the payload's bytes alone, or over another context, is not this one. */
    @Test
    void theSignatureIsOverTheStructureOfTheStandard() throws GeneralSecurityException {
        NitroDocument document = enclave();
        byte[] payload = document.payload();
        for (String context : new String[] {"Signature", "CounterSignature", "signature1"}) {
            Signature signer = Signature.getInstance("SHA384withECDSAinP1363Format");
            signer.initSign(SIGNER.keys().getPrivate());
            signer.update(
                    CborWriter.write(
                            Cbor.Arr.of(
                                    new Cbor.Text(context),
                                    Cbor.Bytes.of(es384()),
                                    Cbor.Bytes.of(new byte[0]),
                                    Cbor.Bytes.of(payload))));

            assertThat(check(judge(CborWriter.write(document.message(payload, signer.sign())))))
                    .isEqualTo(Check.SIGNATURE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \r\n"})
    void base64WithOrWithoutLinesIsTheSameDocument(String end) {
        byte[] document = enclave().make();
        String lines =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(document);
        for (String text :
                new String[] {Base64.getEncoder().encodeToString(document) + end, lines + end}) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

            assertThat(new NitroKind().isLike(bytes)).isTrue();
            assertThat(judge(bytes)).isInstanceOf(Appraisal.Trusted.class);
        }
    }

    @Test
    void otherTextIsNoDocument() {
        for (String text : new String[] {"", "hESh", "hEShATg", "-----BEGIN", "{}", "AAAA"}) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

            assertThat(check(judge(bytes))).isEqualTo(Check.REPORT);
        }
        assertThat(new NitroKind().isLike("AAAA".getBytes(StandardCharsets.US_ASCII))).isFalse();
        assertThat(new NitroKind().isLike(new byte[100_000])).isFalse();
    }
}
