package io.attestgate.demo;

import io.attestgate.peer.SwTpm;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A TPM in software, whose PCRs nothing has extended: true commands, and no true boot. */
record SoftwareTpm(SwTpm tpm, Path folder) implements Machine {
    private static final String NAME = "tpm";
    private static final List<Integer> PCRS = List.of(0, 2, 4, 7, 8, 9, 11);

    static SoftwareTpm start(Path folder) throws IOException {
        return new SoftwareTpm(
                SwTpm.start(Files.createDirectories(folder.resolve("swtpm"))), folder);
    }

    @Override
    public String platform() {
        return NAME;
    }

    @Override
    public String yaml() {
        return """
        platform: tpm
        lesserPlatform: accepted     # whatever this machine has
        tpm:
          device: %s
          bank: sha256
          pcrs: %s
        """
                .formatted(tpm.socket(), PCRS);
    }

    @Override
    public String root(Product.Measured measured) {
        return measured.value("root");
    }

    @Override
    public List<String> accepting(Product.Measured measured) throws IOException {
        return reading("reader.json", measured.value("key"), measured.value("endorsement"));
    }

    @Override
    public List<String> acceptingOthers(Product.Measured measured) throws IOException {
        String other = "0x000b" + "11".repeat(32);
        return reading("reader-of-another.json", other, measured.value("endorsement"));
    }

    /** A reader who saw a credential activated for that key, in the TPM of that other. */
    private List<String> reading(String file, String key, String endorsement) throws IOException {
        Path policy = folder.resolve(file);
        Files.write(policy, CanonicalJson.write(policy(key, endorsement)));
        return List.of("--platform", NAME, "--policy", policy.toString(), "--fetch");
    }

    private static Json.Obj policy(String key, String endorsement) {
        Json.Arr pcrs = new Json.Arr(PCRS.stream().<Json>map(pcr -> new Json.Int(pcr)).toList());
        return Json.object(
                "roots", Json.Arr.of(List.of("google-ek-ak")), // It takes one, and believes keys.
                "tcbStates", Json.object("unjudged", "2100-01-01T00:00:00Z"),
                "advisories", Json.object(),
                "debug", "refused",
                "tpm",
                        Json.object(
                                "keys",
                                Json.Arr.of(List.of("name:" + key)),
                                "activated",
                                new Json.Obj(Map.of(key, new Json.Text(endorsement))),
                                "pcrs",
                                Json.object(
                                        "bank",
                                        "sha256",
                                        "selection",
                                        pcrs,
                                        "values",
                                        Json.object()),
                                "clock",
                                Json.object(
                                        "safe", "any",
                                        "resetCount", "any",
                                        "restartCount", "any"),
                                "firmwareVersions",
                                "any",
                                "replayed",
                                new Json.Arr(List.of()),
                                "revocation",
                                "if-present"));
    }

    @Override
    public void close() {
        tpm.close();
    }
}
