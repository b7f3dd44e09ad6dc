package io.attestgate.verify.evidence;

import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the evidence of GPUs and the claims name each other: the nonce one way, a digest the other.
 */
public final class GpuBinding {
    private static final Pattern MEMBER = Pattern.compile("gpu(0|[1-9]\\d{0,2})");
    private static final byte[] NONCE_TYPE =
            "attestgate/gpu/v1\0".getBytes(StandardCharsets.US_ASCII);

    private GpuBinding() {}

    /** The nonce that every GPU's evidence carries. */
    public static Hash32 nonce(Hash32 nonce, Address signingKey, Hash32 spki) {
        return Hash32.of(
                Digests.sha256(NONCE_TYPE, nonce.bytes(), signingKey.bytes(), spki.bytes()));
    }

    /**
     * SHA-256 over a {@code uint32} big-endian length and the bytes of each member {@code gpu0},
     * {@code gpu1}… in numeric order; empty without a GPU.
     */
    public static Optional<Hash32> digest(Map<String, CmwRecord> evidence) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        evidence.keySet().stream()
                .filter(MEMBER.asMatchPredicate())
                .sorted(Comparator.comparingInt(GpuBinding::number))
                .map(name -> Objects.requireNonNull(evidence.get(name)).value())
                .forEach(
                        value -> {
                            all.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
                            all.writeBytes(value);
                        });
        return all.size() == 0
                ? Optional.empty()
                : Optional.of(Hash32.of(Digests.sha256(all.toByteArray())));
    }

    private static int number(String member) {
        return Integer.parseInt(member, 3, member.length(), 10);
    }
}
