package io.attestgate.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.finality.DevnetFinality;
import io.attestgate.policy.rpc.HostileEndpoint;
import io.attestgate.policy.rpc.HostileEndpoint.Answering;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents come from anywhere, and only the bytes of the proven hash count. */
class DocumentsTest {
    private static final byte[] DOCUMENT = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "{\"a\":2}".getBytes(StandardCharsets.UTF_8);
    private static final String FILE = StoredDocument.of(DOCUMENT).hash().toString();

    private final HonestChain chain = new HonestChain();
    private final HostileEndpoint endpoint = HostileEndpoint.open();
    private final HostileEndpoint mirror = HostileEndpoint.open();
    private final List<String> asked = new ArrayList<>();

    @TempDir private Path folder;

    DocumentsTest() throws IOException {
        chain.publish("app.example", DOCUMENT);
        endpoint.answerCalls(
                call ->
                        call.method().equals("eth_getCode")
                                ? new Json.Text("0x")
                                : chain.answer(call));
    }

    @AfterEach
    void close() {
        endpoint.close();
        mirror.close();
    }

    @Test
    void whatTheChainHasIsAskedOfNobodyElse() throws Exception {
        endpoint.answerCalls(chain::answer);
        serve(DOCUMENT);

        assertRead(new DocumentSources(List.of(mirror.uri()), Optional.of(folder)));
        assertThat(asked).isEmpty();
    }

    @Test
    void aMirrorHasTheFileOfTheHash() throws Exception {
        serve(DOCUMENT);

        assertRead(new DocumentSources(List.of(mirror.uri()), Optional.empty()));
        assertThat(asked).containsExactly("/" + FILE);
    }

    @Test
    void aFolderHasTheFileOfTheHash() throws Exception {
        Files.write(folder.resolve(FILE), DOCUMENT);

        assertRead(new DocumentSources(List.of(), Optional.of(folder)));
    }

    @Test
    void aSecondMirrorHasWhatTheFirstLiesAbout() throws Exception {
        serve(OTHER);
        Files.write(folder.resolve(FILE), OTHER);
        try (HostileEndpoint second = HostileEndpoint.open()) {
            second.answer(Answering.bytes(request -> DOCUMENT));
            assertRead(
                    new DocumentSources(List.of(mirror.uri(), second.uri()), Optional.of(folder)));
        }
    }

    @Test
    void otherBytesAreAsGoodAsNone() throws Exception {
        serve(OTHER);
        assertAbsent();
        serve(new byte[0]);
        assertAbsent();
        byte[] longer = new byte[DOCUMENT.length + 1];
        System.arraycopy(DOCUMENT, 0, longer, 0, DOCUMENT.length);
        serve(longer);
        assertAbsent();
    }

    @Test
    void aMirrorThatGoesOnAndOnIsCutOff() throws Exception {
        mirror.answer(Answering.endless(new byte[1 << 12]));
        assertAbsent();
    }

    @Test
    void aMirrorThatSendsElsewhereOrFailsIsNotFollowed() throws Exception {
        for (int status : new int[] {301, 307, 404, 500}) {
            mirror.answer(
                    (exchange, request) -> {
                        exchange.getResponseHeaders().add("location", "http://127.0.0.1:1/");
                        exchange.sendResponseHeaders(status, -1);
                    });
            assertAbsent();
        }
    }

    @Test
    void aFolderWithOtherThingsUnderTheNameHasNothing() throws Exception {
        Files.createDirectory(folder.resolve(FILE));
        assertAbsent();
        Files.delete(folder.resolve(FILE));
        Files.write(folder.resolve(FILE), new byte[1 << 20]);
        assertAbsent();
    }

    @Test
    void aMirrorIsAnAddressThatEndsWithASlash() {
        for (String address : new String[] {"https://a.example", "a/", "mailto:a@b.example"}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(
                            () ->
                                    new DocumentSources(
                                            List.of(URI.create(address)), Optional.empty()));
        }
    }

    private void serve(byte[] bytes) {
        mirror.answer(
                (exchange, request) -> {
                    asked.add(exchange.getRequestURI().getPath());
                    Answering.bytes(r -> bytes).answer(exchange, request);
                });
    }

    private void assertRead(DocumentSources sources) throws Exception {
        try (ProvenSource source = source(sources)) {
            assertThat(source.read().names().get(new PolicyName("app.example")))
                    .isEqualTo(NameEntry.published(StoredDocument.of(DOCUMENT)));
        }
    }

    private void assertAbsent() {
        DocumentSources sources = new DocumentSources(List.of(mirror.uri()), Optional.of(folder));
        try (ProvenSource source = source(sources)) {
            assertThatExceptionOfType(PolicyReadException.class)
                    .isThrownBy(source::read)
                    .extracting(PolicyReadException::failure)
                    .isEqualTo(Failure.WRONG_DOCUMENT);
        }
    }

    private ProvenSource source(DocumentSources sources) {
        JsonRpc rpc = JsonRpc.open(endpoint.uri());
        return new ProvenSource(
                HonestChain.PINNED,
                new DevnetFinality(HonestChain.CHAIN_ID, rpc),
                ProofEndpoints.of(rpc),
                sources,
                AnchorStore.inMemory(),
                ReadingListener.silent());
    }
}
