package io.attestgate.verify.nvidia;

import static io.attestgate.verify.nvidia.NvidiaVectors.check;
import static io.attestgate.verify.nvidia.NvidiaVectors.trusted;
import static io.attestgate.verify.nvidia.PlayedNvidia.FLAGS;
import static io.attestgate.verify.nvidia.PlayedNvidia.FWID;
import static io.attestgate.verify.nvidia.PlayedNvidia.HOPPER;
import static io.attestgate.verify.nvidia.PlayedNvidia.NOW;
import static io.attestgate.verify.nvidia.PlayedNvidia.NUMBER;
import static io.attestgate.verify.nvidia.PlayedNvidia.hopper;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.testpki.NvidiaPki;
import io.attestgate.verify.testpki.NvidiaReport;
import io.attestgate.verify.x509.Certificates;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several GPUs of one machine: as many as the policy says, each another. */
final class GpuSetTest {
    private static final NvidiaPki.Device OTHER = HOPPER.device(NUMBER + 7, FWID, FLAGS);

    private final PlayedNvidia played = hopper();

    GpuSetTest() {
        played.report.opaque.put(NvidiaReport.FEATURE_FLAG, new byte[] {1, 0});
        played.files.put(
                "other.der",
                played.responder(HOPPER.provisioner())
                        .good(OTHER.identity().certificate(), PlayedNvidia.DAY));
    }

    private String one(NvidiaPki.Device device) {
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        for (X509Certificate certificate : HOPPER.chain(device)) {
            der.writeBytes(Certificates.der(certificate));
        }
        return "{\"arch\":\"HOPPER\",\"evidence\":\"%s\",\"certificate\":\"%s\"}"
                .formatted(
                        base64(played.report.make(device.key().keys().getPrivate())),
                        base64(der.toByteArray()));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private Appraisal judge(List<String> gpus, int count) {
        String json = "[" + String.join(",", gpus) + "]";
        return played.judge(
                json.getBytes(StandardCharsets.US_ASCII),
                played.policy(played.accepted(Set.of(Mode.MPT), count)),
                NOW);
    }

    @Test
    void everyOneOfThemIsJudgedAndNamed() {
        Appraisal.Trusted trusted = trusted(judge(List.of(one(played.device), one(OTHER)), 2));

        assertThat(trusted.identity())
                .containsEntry("gpu0.deviceSerial", "0x41b6e23025d8e93e01")
                .containsEntry("gpu1.deviceSerial", "0x41b6e23025d8e93e08");
        assertThat(trusted.claims()).containsEntry("gpu1.mode", "mpt");
        assertThat(trusted.report().registers()).hasSize(2 * 48);
        assertThat(trusted.report().instance()).isEmpty();
        assertThat(trusted.report().restsOn()).contains("measured driver");
    }

    @Test
    void anotherCountThanThePolicysIsRefused() {
        assertThat(check(judge(List.of(one(played.device)), 2))).isEqualTo(Check.GPU);
        assertThat(check(judge(List.of(one(played.device), one(OTHER)), 1))).isEqualTo(Check.GPU);
    }

    @Test
    void oneGpuCannotAnswerTwice() {
        assertThat(check(judge(List.of(one(played.device), one(played.device)), 2)))
                .isEqualTo(Check.GPU);
    }

    /** Another firmware's key in the same device is the same device. */
    @Test
    void anotherKeyOfTheSameDeviceIsNoOtherDevice() {
        NvidiaPki.Device again =
                new NvidiaPki.Device(
                        played.device.identity(),
                        HOPPER.key(played.device.identity(), NUMBER, FWID, FLAGS));

        assertThat(check(judge(List.of(one(played.device), one(again)), 2))).isEqualTo(Check.GPU);
    }

    @Test
    void oneBadGpuSpoilsTheSet() {
        List<String> gpus = new ArrayList<>(List.of(one(played.device)));
        played.report.request[5] ^= 1;
        gpus.add(one(OTHER));

        assertThat(check(judge(gpus, 2))).isEqualTo(Check.REPORT_DATA);
    }

    @Test
    void moreThanSixteenAreNotRead() {
        List<String> gpus = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            gpus.add(one(OTHER));
        }

        assertThat(check(judge(gpus, 16))).isEqualTo(Check.REPORT);
    }
}
