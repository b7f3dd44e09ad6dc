package io.attestgate.proxy.cli;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Evidence as a person keeps it in a file: the bytes themselves, or their hexadecimal digits.
 *
 * @param kind as its first bytes say
 */
record EvidenceFile(EvidenceKind kind, Octets evidence) {
    private static final int FILE_BYTES_MAX = 1024 * 1024;
    private static final Pattern DIGITS = Pattern.compile("(0x)?([0-9a-fA-F]{2})++");

    /**
     * Reads a file.
     *
     * @throws CommandException if it cannot be read, or is of no kind that this release knows
     */
    static EvidenceFile open(Path file) throws CommandException {
        byte[] content = decoded(Files.read("FILE", file, FILE_BYTES_MAX));
        EvidenceKind kind =
                EvidenceKinds.recognise(content)
                        .orElseThrow(() -> new CommandException(unknown(file).toString()));
        return new EvidenceFile(kind, Octets.of(content));
    }

    private static byte[] decoded(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1).strip();
        if (!DIGITS.matcher(text).matches()) {
            return content;
        }
        return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    }

    private static Fault unknown(Path file) {
        return Fault.quoted(
                "FILE",
                file.toString(),
                "evidence of one of "
                        + EvidenceKinds.ALL.stream().map(EvidenceKind::name).toList());
    }
}
