package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnclaveTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("attestgate.root", ".."), "docs/examples/attestgate.yaml");

    @TempDir private Path folder = Path.of("");

    private Bootstrap bootstrap(String more) throws IOException {
        String text =
                Files.readString(EXAMPLE)
                                .replace("/var/lib/attestgate", folder.resolve("state").toString())
                        + more;
        return Bootstrap.parse("a.yaml", text.getBytes(StandardCharsets.UTF_8))
                .toOptional()
                .orElseThrow();
    }

    private Detection machineWithATpm() throws IOException {
        Path devices = Files.createDirectories(folder.resolve("machine/dev"));
        assertThat(Files.createFile(devices.resolve("tpmrm0"))).exists();
        return Detection.in(folder.resolve("machine"));
    }

    @Test
    void aLesserPlatformThanTheMachineHasIsRefusedBeforeAnythingIsMade() throws IOException {
        Bootstrap bootstrap = bootstrap("");
        Detection machine = machineWithATpm();
        Closing closing = new Closing();

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Enclave.open(bootstrap, machine, closing));
        assertThat(folder.resolve("state")).doesNotExist();
        closing.close();
    }

    @Test
    void aLesserPlatformStartsWhereTheMeasuredFileAcceptsIt() throws Exception {
        Closing closing = new Closing();

        Enclave enclave =
                Enclave.open(bootstrap("lesserPlatform: accepted\n"), machineWithATpm(), closing);

        assertThat(enclave.platformName()).isEqualTo("simulated");
        assertThat(enclave.rollback()).isEqualTo(Rollback.UNPROTECTED);
        closing.close();
    }

    /** An account's key is sealed, and every other capability there is tries for it. */
    @Test
    void noStageButTheCertificatesOpensAnAccountKey() throws Exception {
        Closing closing = new Closing();
        Enclave enclave =
                Enclave.open(bootstrap("lesserPlatform: accepted\n"), machineWithATpm(), closing);
        enclave.accountKeys().commit(Changes.none().put("key", new byte[] {42}));

        for (Compartment held :
                List.of(enclave.anchor(), enclave.tlsKeys(new Hostname("a.example")))) {
            assertThat(held.names()).isEmpty();
            assertThat(held.open("key")).isEmpty();
        }
        assertThat(enclave.accountKeys().names()).containsExactly("key");
        closing.close();
    }
}
