package io.attestgate.attest.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every platform does; the test of each implements this. */
public interface PlatformContract {

    /**
     * The platform of a machine that each test has for itself: a new one when it is first asked
     * for, and then the same one, as it is after the machine was started again.
     */
    Platform platformAfterStart() throws Exception;

    private static byte[] secret(Platform platform) throws PlatformException {
        try (SecretMemory secret = platform.sealingSecret()) {
            return secret.lend(byte[]::clone);
        }
    }

    @Test
    default void itsSealingSecretIsTheSameEachTimeAndAfterARestart() throws Exception {
        Platform platform = platformAfterStart();
        byte[] secret = secret(platform);
        assertThat(secret).hasSizeGreaterThanOrEqualTo(16);
        assertThat(secret(platform)).isEqualTo(secret);
        assertThat(secret(platformAfterStart())).isEqualTo(secret);
    }

    @Test
    default void itsRegistersAndInstanceAreTheSameAfterARestart() throws Exception {
        Platform platform = platformAfterStart();
        byte[] registers = platform.registers();
        Optional<Hash32> instance = platform.instance();
        Platform again = platformAfterStart();
        assertThat(again.registers()).isEqualTo(registers).isNotEmpty();
        assertThat(again.instance()).isEqualTo(instance);
        assertThat(again.rollback()).isNotNull();
    }

    @Test
    default void itsMeasurementIsThatOfItsNameRegistersAndBootstrapFile() throws Exception {
        Hash32 config = Hash32.of(Digests.sha256(new byte[] {1}));
        Platform platform = platformAfterStart();
        assertThat(platform.measurement(config))
                .isEqualTo(Measurement.of(platform.name(), platform.registers(), config));
    }

    @Test
    default void oneMemberOfItsEvidenceLeadsAndIsOfItsKind() throws Exception {
        Platform platform = platformAfterStart();
        Map<String, CmwRecord> evidence = platform.report(ReportData.of(new byte[1]));
        Optional<CmwRecord> leading =
                Optional.ofNullable(evidence.get("cpu"))
                        .or(() -> Optional.ofNullable(evidence.get("tpm")));
        assertThat(leading.map(CmwRecord::kind)).contains(platform.name());
    }
}
