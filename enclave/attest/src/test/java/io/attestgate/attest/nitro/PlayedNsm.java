package io.attestgate.attest.nitro;

import io.attestgate.verify.cbor.Cbor;
import io.attestgate.verify.cbor.CborReader;
import io.attestgate.verify.cbor.CborWriter;
import io.attestgate.verify.testpki.NitroDocument;
import io.attestgate.verify.testpki.NitroPki;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A Nitro Security Module by its published protocol (NSM API, {@code Request} and {@code
 * Response}), which signs under a root of our own. {@link #altered} changes its answer to one
 * request. One thread.
 */
final class PlayedNsm implements NsmDevice {
    private static final int PCRS = 16;
    private static final int PCR_BYTES = 48;
    private static final int USER_DATA_BYTES_MAX = 1024;

    private final NitroPki pki;
    private final NitroPki.Key signer;
    private final Instant now;
    final Map<String, UnaryOperator<byte[]>> altered = new LinkedHashMap<>();
    final List<String> asked = new ArrayList<>();
    final Map<Integer, Integer> pcrs = new LinkedHashMap<>();
    boolean givesNumbers;
    int locked = PCRS;

    PlayedNsm(NitroPki pki, Instant now) {
        this.pki = pki;
        this.signer = pki.signer(now.minusSeconds(60));
        this.now = now;
        for (int i = 0; i < PCRS; i++) {
            pcrs.put(i, i < 5 || i == 8 ? i + 1 : 0);
        }
    }

    @Override
    public byte[] process(byte[] request) {
        Cbor cbor = CborReader.parse(request, REQUEST_BYTES_MAX).toOptional().orElseThrow();
        String name =
                switch (cbor) {
                    case Cbor.Text text -> text.value();
                    case Cbor.Pairs pairs ->
                            ((Cbor.Text) pairs.entries().keySet().iterator().next()).value();
                    default -> throw new AssertionError(cbor.kind());
                };
        asked.add(name);
        byte[] truth = CborWriter.write(answer(name, cbor));
        return altered.getOrDefault(name, UnaryOperator.identity()).apply(truth);
    }

    private Cbor answer(String name, Cbor request) {
        return switch (name) {
            case "DescribeNSM" -> Cbor.pairs(name, description());
            case "DescribePCR" -> pcr(arguments(request, name));
            case "Attestation" -> attestation(arguments(request, name));
            case "GetRandom" -> Cbor.pairs(name, Cbor.pairs("random", bytes(new byte[256])));
            default -> error("InvalidOperation");
        };
    }

    private static Cbor.Pairs arguments(Cbor request, String name) {
        return (Cbor.Pairs) ((Cbor.Pairs) request).get(name).orElseThrow();
    }

    static Cbor error(String code) {
        return Cbor.pairs("Error", new Cbor.Text(code));
    }

    private Cbor description() {
        return Cbor.pairs(
                "version_major", new Cbor.Int(1),
                "version_minor", new Cbor.Int(0),
                "version_patch", new Cbor.Int(0),
                "module_id", new Cbor.Text(NitroDocument.ENCLAVE_ID),
                "max_pcrs", new Cbor.Int(32),
                "locked_pcrs", Cbor.Arr.of(new Cbor.Int(0)),
                "digest", new Cbor.Text("SHA384"));
    }

    private Cbor pcr(Cbor.Pairs arguments) {
        int index = (int) ((Cbor.Int) arguments.get("index").orElseThrow()).value();
        if (!pcrs.containsKey(index)) {
            return error("InvalidIndex");
        }
        return Cbor.pairs(
                "DescribePCR",
                Cbor.pairs("lock", new Cbor.Bool(index < locked), "data", bytes(register(index))));
    }

    private byte[] register(int index) {
        byte[] register = new byte[PCR_BYTES];
        java.util.Arrays.fill(register, (byte) (int) Objects.requireNonNull(pcrs.get(index)));
        return register;
    }

    private Cbor attestation(Cbor.Pairs arguments) {
        Cbor userData = arguments.get("user_data").orElseThrow();
        if (userData instanceof Cbor.Bytes bytes && bytes.value().size() > USER_DATA_BYTES_MAX) {
            return error("InputTooLarge");
        }
        NitroDocument document = NitroDocument.enclave(pki, signer, now);
        pcrs.keySet().forEach(index -> document.pcr(index, register(index)));
        document.put("user_data", userData);
        document.put("nonce", arguments.get("nonce").orElseThrow());
        document.put("public_key", arguments.get("public_key").orElseThrow());
        return Cbor.pairs("Attestation", Cbor.pairs("document", bytes(document.make())));
    }

    /** As a byte string, or as older modules have it. */
    private Cbor bytes(byte[] bytes) {
        if (!givesNumbers) {
            return Cbor.Bytes.of(bytes);
        }
        List<Cbor> numbers = new ArrayList<>();
        for (byte b : bytes) {
            numbers.add(new Cbor.Int(Byte.toUnsignedInt(b)));
        }
        return new Cbor.Arr(numbers);
    }
}
