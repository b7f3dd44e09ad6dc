package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.x509.P256;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document of Intel's service with the signature over its exact bytes.
 *
 * <p>Remembers the key that it was last verified with, so that one kept for many quotes is verified
 * once. Any thread.
 *
 * @param <T> what it says
 */
final class SignedDocument<T extends Dated> {
    private final T content;
    private final byte[] body;
    private final byte[] signature;
    private volatile @Nullable PublicKey verifiedWith;

    private SignedDocument(T content, byte[] body, byte[] signature) {
        this.content = content;
        this.body = body;
        this.signature = signature;
    }

    /** Reads what a document's bytes say. */
    interface Reader<T> {
        T read(Json json) throws MalformedException;
    }

    /**
     * Reads a document whose body and signature stand apart.
     *
     * @param signature {@code r || s} in hexadecimal
     */
    static <T extends Dated> Parsed<SignedDocument<T>> parse(
            String name, String body, String signature, Reader<T> reader) {
        Optional<byte[]> rs =
                JsonFields.hex(signature).filter(bytes -> bytes.length == P256.SIGNATURE_BYTES);
        if (rs.isEmpty()) {
            return Parsed.bad(Fault.quoted(name + " signature", signature, "64 bytes in hex"));
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return JsonReader.parse(bytes, Bundle.FILE_BYTES_MAX)
                .then(json -> read(json, reader))
                .then(content -> Parsed.good(new SignedDocument<>(content, bytes, rs.get())));
    }

    private static <T> Parsed<T> read(Json json, Reader<T> reader) {
        try {
            return Parsed.good(reader.read(json));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    /**
     * Reads a document as the service answers: {@code {"<member>":<body>,"signature":"<hex>"}}. The
     * body is signed as it stands, so it is cut out, not written anew; that it is one JSON value is
     * checked when it is read.
     */
    static <T extends Dated> Parsed<SignedDocument<T>> parseAnswer(
            String answer, String member, Reader<T> reader) {
        String text = answer.strip();
        String head = "{\"" + member + "\":";
        int tail = text.lastIndexOf(TAIL);
        int end = text.length() - END.length();
        if (!text.startsWith(head)
                || tail < head.length()
                || end < tail + TAIL.length()
                || !text.endsWith(END)) {
            return Parsed.bad(
                    Fault.quoted(member, text, "{\"" + member + "\":…,\"signature\":\"…\"}"));
        }
        String signature = text.substring(tail + TAIL.length(), end);
        return parse(member, text.substring(head.length(), tail), signature, reader);
    }

    private static final String TAIL = ",\"signature\":\"";
    private static final String END = "\"}";

    T content() {
        return content;
    }

    /** Whether that key signed these bytes. */
    boolean isSignedBy(PublicKey key) {
        if (key.equals(verifiedWith)) {
            return true;
        }
        if (!P256.isSigned(key, signature, body)) {
            return false;
        }
        verifiedWith = key;
        return true;
    }
}
