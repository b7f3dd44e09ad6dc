package io.attestgate.proxy.cli;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads files of evidence: the bytes themselves, or their hexadecimal digits. */
final class EvidenceFiles {
    private static final String NAME = "FILE";
    private static final int BYTES_MAX = EvidenceEnvelope.SIZE_BYTES_MAX;
    private static final Pattern DIGITS = Pattern.compile("(0x)?([0-9a-fA-F]{2})++");

    private EvidenceFiles() {}

    /**
     * Reads a file.
     *
     * @throws CommandException if it cannot be read, or is of no kind that this release knows
     */
    static EvidenceFile open(Path file) throws CommandException {
        byte[] content = decoded(Files.read(NAME, file, BYTES_MAX));
        Optional<EvidenceKind> kind = EvidenceKinds.recognise(content);
        return kind.isPresent()
                ? new EvidenceFile.Report(kind.get(), Octets.of(content))
                : new EvidenceFile.Envelope(envelope(file, content));
    }

    /** Reads a file that has a report alone. */
    static EvidenceFile.Report report(Path file) throws CommandException {
        return switch (open(file)) {
            case EvidenceFile.Report report -> report;
            case EvidenceFile.Envelope envelope ->
                    throw new CommandException(
                            Fault.quoted(
                                            NAME,
                                            file.toString(),
                                            "a report alone; this is an envelope, which evidence"
                                                    + " inspect shows and verify judges at its"
                                                    + " gateway")
                                    .toString());
        };
    }

    private static byte[] decoded(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        if (!DIGITS.matcher(text).matches()) {
            return content;
        }
        return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    }

    /** Says of what is meant as an envelope what is wrong in it, and of all else its size. */
    private static EvidenceEnvelope envelope(Path file, byte[] content) throws CommandException {
        return switch (EvidenceEnvelope.parse(content)) {
            case Parsed.Good<EvidenceEnvelope> good -> good.value();
            case Parsed.Bad<EvidenceEnvelope> bad when isMeantSo(content) ->
                    throw new CommandException(NAME, file, bad.faults());
            case Parsed.Bad<EvidenceEnvelope> bad -> throw unknown(file, content.length);
        };
    }

    private static boolean isMeantSo(byte[] content) {
        return JsonReader.parse(content, BYTES_MAX) instanceof Parsed.Good<Json> good
                && good.value() instanceof Json.Obj object
                && object.members().keySet().containsAll(List.of("claims", "evidence"));
    }

    private static CommandException unknown(Path file, int size) {
        return new CommandException(
                "%s: \"%s\", %d bytes (expected: %s, or an evidence envelope)"
                        .formatted(
                                NAME,
                                file,
                                size,
                                EvidenceKinds.ALL.stream()
                                        .map(EvidenceKind::title)
                                        .collect(Collectors.joining(", "))));
    }
}
