package io.attestgate.verify.x509;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PEM text (RFC 7468), strictly: blocks of standard base64 in its one spelling, with nothing but
 * white space between them and zero bytes after them, as quotes carry them.
 */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "\\s*+-----BEGIN ([A-Z0-9 ]{1,32})-----([A-Za-z0-9+/=\\s]*+)"
                            + "-----END ([A-Z0-9 ]{1,32})-----");
    private static final Pattern REST = Pattern.compile("[\\s\\x00]*+");

    /** One block: its label, and the bytes within. */
    public record Block(String label, Octets der) {}

    private Pem() {}

    /** Reads all of {@code text}; at most {@code blocksMax} blocks. */
    public static Parsed<List<Block>> parse(String text, int blocksMax) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        int at = 0;
        while (matcher.region(at, text.length()).lookingAt()) {
            if (blocks.size() == blocksMax || !matcher.group(1).equals(matcher.group(3))) {
                return bad("at most " + blocksMax + " blocks, each ended by its own label");
            }
            byte[] der = base64(matcher.group(2).replaceAll("\\s", ""));
            if (der.length == 0) {
                return bad("base64 in its one spelling");
            }
            blocks.add(new Block(matcher.group(1), Octets.of(der)));
            at = matcher.end();
        }
        return !blocks.isEmpty() && REST.matcher(text).region(at, text.length()).matches()
                ? Parsed.good(List.copyOf(blocks))
                : bad("blocks of PEM and nothing else (RFC 7468)");
    }

    /** Empty for anything but the one spelling. */
    private static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static <T> Parsed<T> bad(String expected) {
        return Parsed.bad(new Fault("pem", "another text", expected));
    }
}
