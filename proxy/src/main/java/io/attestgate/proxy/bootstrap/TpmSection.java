package io.attestgate.proxy.bootstrap;

import io.attestgate.attest.tpm.PcrSelection;
import io.attestgate.attest.tpm.PcrSelection.Bank;
import io.attestgate.attest.tpm.TpmSettings;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Hex;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The section {@code tpm}: which PCRs stand for the code, and which TPM. */
final class TpmSection {
    private static final Pattern PCR = Pattern.compile("0|[1-9][0-9]?");

    /** SHA-256's identifier, and a digest of it. */
    private static final Pattern NAME = Pattern.compile("0x000b[0-9a-f]{64}");

    private TpmSection() {}

    static Optional<TpmSettings> read(Section section) {
        Optional<Path> device =
                section.optional(
                        "device",
                        TpmSettings.DEVICE,
                        "an absolute path without . and ..",
                        value -> BootstrapReader.path(value.text()));
        Optional<Bank> bank =
                section.required("bank", "sha256 or sha384", value -> bank(value.text()));
        List<Integer> pcrs =
                section.list(
                        "pcrs",
                        "numbers from 0 to %d".formatted(PcrSelection.PCR_MAX),
                        value -> pcr(value.text()));
        section.requireAtMost("pcrs", pcrs.size(), PcrSelection.PCR_MAX + 1);
        Optional<Octets> endorsement =
                section.has("endorsement")
                        ? section.required(
                                "endorsement",
                                "the Name of an endorsement key: 0x000b and 64 lower-case digits",
                                value -> name(value.text()))
                        : Optional.empty();
        section.end();
        if (device.isEmpty() || bank.isEmpty() || pcrs.isEmpty()) {
            return Optional.empty();
        }
        PcrSelection selection = new PcrSelection(bank.get(), new TreeSet<>(pcrs));
        return Optional.of(new TpmSettings(device.get(), selection, endorsement));
    }

    private static Optional<Bank> bank(String text) {
        return Stream.of(Bank.values()).filter(bank -> bank.spelling().equals(text)).findFirst();
    }

    private static Optional<Integer> pcr(String text) {
        return Optional.of(text)
                .filter(PCR.asMatchPredicate())
                .map(Integer::valueOf)
                .filter(pcr -> pcr <= PcrSelection.PCR_MAX);
    }

    private static Optional<Octets> name(String text) {
        return Optional.of(text)
                .filter(NAME.asMatchPredicate())
                .flatMap(Hex::parse)
                .map(Octets::of);
    }
}
