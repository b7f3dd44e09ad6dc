package io.attestgate.proxy.main;

import static io.attestgate.proxy.main.RunningGateway.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.peer.SwTpm;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway over a real chain, sealed and quoted by a software TPM. */
@RequiresPeer({"anvil", "swtpm"})
final class GatewayOnTpmTest {
    private static final Pattern ROOT = Pattern.compile("tpm that ends in \\[(0x[0-9a-f]{64})]");

    /** TPM2_PCR_Extend of PCR 16 by 32 bytes of one, under an empty password (Part 3 §22.2). */
    private static final byte[] EXTEND =
            Hex.parse(
                            "0x8002"
                                    + "00000041"
                                    + "00000182"
                                    + "00000010"
                                    + "00000009"
                                    + "40000009"
                                    + "0000"
                                    + "00"
                                    + "0000"
                                    + "00000001"
                                    + "000b"
                                    + "01".repeat(32))
                    .orElseThrow();

    @TempDir private Path state;
    @TempDir private Path folder;
    private SwTpm tpm;
    private ChainAround chain;
    private List<KeyedEndpoint> endpoints;

    @BeforeEach
    void open() throws Exception {
        tpm = SwTpm.start(folder);
        chain = ChainAround.deploy("");
        endpoints =
                List.of(
                        KeyedEndpoint.of(chain.anvil().rpc()),
                        KeyedEndpoint.of(chain.anvil().rpc()));
    }

    @AfterEach
    void close() {
        endpoints.forEach(KeyedEndpoint::close);
        chain.close();
        tpm.close();
    }

    @Test
    void itServesWhatNamesItsKeyAndStartsUnderNoOtherPcrs() throws Exception {
        try (RunningGateway gateway = start()) {
            String fault = fault(gateway);
            Matcher root = ROOT.matcher(fault);
            assertThat(root.find()).describedAs(fault).isTrue();

            chain.allow(gateway.measurement(), "tpm");
            chain.publishGateway(accepting(Hash32.ZERO.toString()));
            gateway.await("another root", s -> faults(s).contains("$.evidence"));
            chain.publishGateway(accepting(root.group(1)));

            gateway.awaitServing();
        }
        extend();
        assertThatExceptionOfType(StartException.class).isThrownBy(this::start);

        tpm.close();
        tpm = SwTpm.start(folder);
        try (RunningGateway again = start()) {
            again.awaitServing();
        }
    }

    private RunningGateway start() throws IOException, StartException {
        return RunningGateway.start(
                state,
                chain.deployed(),
                "  trust: quorum\n  quorum: 2\n  rpc:\n"
                        + endpoints.get(0).yaml()
                        + endpoints.get(1).yaml(),
                """
                platform: tpm
                lesserPlatform: accepted
                tpm:
                  device: %s
                  bank: sha256
                  pcrs: [7, 16]\
                """
                        .formatted(tpm.socket()));
    }

    /** What is wrong with a document that accepts the simulated platform alone. */
    private static String fault(RunningGateway gateway) throws Exception {
        return faults(gateway.await("refused", s -> faults(s).contains("$.evidence")));
    }

    private static String faults(Json.Obj status) {
        return at(status, "policy", "gatewayFaults").toString();
    }

    private static String accepting(String root) {
        return """
        {"domain":"","authorities":["https://localhost:1/dir"],
         "evidence":{"atLeast":1,"require":[{"kind":"tpm","roots":["%s"]}]},
         "instances":"any","platforms":["tpm"],"tcbStates":["unjudged"]}\
        """
                .formatted(root);
    }

    private void extend() throws IOException {
        try (SocketChannel bus = SocketChannel.open(UnixDomainSocketAddress.of(tpm.socket()))) {
            assertThat(bus.write(ByteBuffer.wrap(EXTEND))).isEqualTo(EXTEND.length);
            ByteBuffer header = ByteBuffer.allocate(10);
            while (header.hasRemaining()) {
                assertThat(bus.read(header)).isNotNegative();
            }
            assertThat(header.getInt(6)).isZero();
        }
    }
}
