package io.attestgate.verify.nitro;

import static io.attestgate.verify.nitro.PlayedAmazon.check;
import static io.attestgate.verify.nitro.PlayedAmazon.enclave;
import static io.attestgate.verify.nitro.PlayedAmazon.instance;
import static io.attestgate.verify.nitro.PlayedAmazon.judge;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.cbor.Cbor;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.testpki.NitroDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a document, by the published rules (NSM attestation process, 3.2.2). */
final class FieldsJudgementTest {

    @ParameterizedTest
    @ValueSource(strings = {"module_id", "digest", "timestamp", "pcrs", "certificate", "cabundle"})
    void aFieldThatMustBeThereIsThereAndNotNull(String name) {
        NitroDocument without = enclave();
        without.put("nonce", new byte[8]);
        without.put("extra", new byte[8]); // Keeps the count, so that only names can tell.
        without.fields.remove(new Cbor.Text(name));

        assertThat(check(judge(without))).isEqualTo(Check.REPORT);
        assertThat(check(judge(enclave().put(name, new Cbor.Null())))).isEqualTo(Check.REPORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public_key", "user_data", "nonce"})
    void aFieldThatMayBeThereMayBeNullOrAbsent(String name) {
        NitroDocument without = enclave();
        without.fields.remove(new Cbor.Text(name));

        assertThat(judge(without)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(judge(enclave().put(name, new byte[1024])))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(enclave().put(name, new byte[1025])))).isEqualTo(Check.REPORT);
        assertThat(check(judge(enclave().put(name, new Cbor.Text("text")))))
                .isEqualTo(Check.REPORT);
    }

    private static Arguments named(String name, UnaryOperator<NitroDocument> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                named("another field", d -> d.put("extra", new Cbor.Null())),
                named("both kinds of registers", d -> d.put("nitrotpm_pcrs", Cbor.pairs())),
                named("an empty public key", d -> d.put("public_key", new byte[0])),
                named("a digest of another name", d -> d.put("digest", new Cbor.Text("SHA512"))),
                named("a digest in lower case", d -> d.put("digest", new Cbor.Text("sha384"))),
                named("a time of zero", d -> d.put("timestamp", new Cbor.Int(0))),
                named("a time before 1970", d -> d.put("timestamp", new Cbor.Int(-1))),
                named("a time as text", d -> d.put("timestamp", new Cbor.Text("2026"))),
                named("a module without name", d -> d.put("module_id", new Cbor.Text(""))),
                named("a long name", d -> d.put("module_id", new Cbor.Text("i".repeat(257)))),
                named("a name of two lines", d -> d.put("module_id", new Cbor.Text("i\n-1"))),
                named("a name as bytes", d -> d.put("module_id", new byte[4])),
                named("no registers", d -> d.put("pcrs", Cbor.pairs())),
                named("registers in a row", d -> d.put("pcrs", Cbor.Arr.of())),
                named("registers by text", d -> d.put("pcrs", Cbor.pairs("0", new Cbor.Null()))),
                named("a register of SHA-256", d -> d.pcr(0, new byte[32])),
                named("a register of SHA-512", d -> d.pcr(5, new byte[64])),
                named("an empty register", d -> d.pcr(5, new byte[0])),
                named("the 33rd register", d -> d.pcr(32, 1)),
                named("a register below the first", d -> d.pcr(-1, 1)),
                named("a register of text", d -> pcr(d, 7, new Cbor.Text("0".repeat(48)))),
                named("no PCR0", d -> without(d, 0)),
                named("no PCR2", d -> without(d, 2)),
                named("no PCR8", d -> without(d, 8)),
                named("an empty certificate", d -> d.put("certificate", new byte[0])),
                named("a long certificate", d -> d.put("certificate", new byte[1025])),
                named("a certificate that is none", d -> d.put("certificate", new byte[600])),
                named("no authorities", d -> d.put("cabundle", Cbor.Arr.of())),
                named("nine authorities", FieldsJudgementTest::nine),
                named("an authority of text", d -> bundle(d, new Cbor.Text("root"))),
                named("an authority of no bytes", d -> bundle(d, Cbor.Bytes.of(new byte[0]))),
                named("a long authority", d -> bundle(d, Cbor.Bytes.of(new byte[1025]))),
                named("an authority that is none", d -> bundle(d, Cbor.Bytes.of(new byte[9]))));
    }

    private static NitroDocument pcr(NitroDocument document, int index, Cbor value) {
        document.pcrs.put(new Cbor.Int(index), value);
        return document;
    }

    private static NitroDocument without(NitroDocument document, int index) {
        document.pcrs.remove(new Cbor.Int(index));
        return document;
    }

    private static NitroDocument nine(NitroDocument document) {
        List<Cbor> nine = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            nine.add(document.bundle.getFirst());
        }
        return document.put("cabundle", new Cbor.Arr(nine));
    }

    private static NitroDocument bundle(NitroDocument document, Cbor last) {
        document.bundle.set(3, last);
        return document;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void everyOtherFormIsRefused(String name, UnaryOperator<NitroDocument> change) {
        assertThat(check(judge(change.apply(enclave())))).as(name).isEqualTo(Check.REPORT);
    }

    @Test
    void aDocumentMayHaveEveryRegister() {
        NitroDocument all = enclave();
        for (int i = 16; i < 32; i++) {
            all.pcr(i, i);
        }

        assertThat(judge(all)).isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7, 8, 9, 11, 12, 13})
    void anInstanceHasTheRegistersOfItsMeasurement(int index) {
        assertThat(check(judge(without(instance(), index)))).isEqualTo(Check.REPORT);
    }

    @Test
    void aDocumentIsAMapOfTexts() {
        NitroDocument number = enclave();
        number.fields.put(new Cbor.Int(1), new Cbor.Null());

        assertThat(check(judge(number))).isEqualTo(Check.REPORT);
    }
}
