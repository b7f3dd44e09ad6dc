package io.attestgate.attest.nitro;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.verify.cbor.Cbor;
import io.attestgate.verify.cbor.CborReader;
import io.attestgate.verify.cbor.CborWriter;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Nitro Security Module by its requests (NSM API, {@code Request} and {@code Response}): a map of
 * one entry from a name to its arguments, or the name alone where there are none.
 *
 * <p>Modules of different age give bytes as a byte string or as an array of numbers; both are read.
 */
final class Nsm {
    private static final int BYTE_MAX = 0xff;
    private static final int VERSION_MAX = 0xffff;

    private final NsmDevice device;

    Nsm(NsmDevice device) {
        this.device = device;
    }

    /**
     * What a module is.
     *
     * @param version major, minor, patch, with dots between
     * @param moduleId names this one module: its parent instance's id and the enclave's
     * @param digest of its registers, {@code SHA384}
     */
    record Description(String version, String moduleId, String digest) {}

    /**
     * A register.
     *
     * @param locked whether nothing can extend it any more
     */
    record Pcr(boolean locked, Octets value) {}

    Description describe() throws PlatformException {
        Answer answer = answer("DescribeNSM", new Cbor.Text("DescribeNSM"));
        return new Description(
                "%d.%d.%d"
                        .formatted(
                                answer.number("version_major"),
                                answer.number("version_minor"),
                                answer.number("version_patch")),
                answer.text("module_id"),
                answer.text("digest"));
    }

    Pcr pcr(int index) throws PlatformException {
        Answer answer =
                answer(
                        "DescribePCR",
                        Cbor.pairs("DescribePCR", Cbor.pairs("index", new Cbor.Int(index))));
        return new Pcr(answer.bool("lock"), answer.bytes("data"));
    }

    /** A signed document that carries {@code userData}, 1 to 1,024 bytes. */
    Octets attestation(byte[] userData) throws PlatformException {
        Cbor arguments =
                Cbor.pairs(
                        "user_data", Cbor.Bytes.of(userData),
                        "nonce", new Cbor.Null(),
                        "public_key", new Cbor.Null());
        return answer("Attestation", Cbor.pairs("Attestation", arguments)).bytes("document");
    }

    /** Random bytes of the module's own, up to 256. */
    Octets random() throws PlatformException {
        return answer("GetRandom", new Cbor.Text("GetRandom")).bytes("random");
    }

    private Answer answer(String name, Cbor request) throws PlatformException {
        byte[] bytes = device.process(CborWriter.write(request));
        Parsed<Cbor> parsed = CborReader.parse(bytes, NsmDevice.RESPONSE_BYTES_MAX);
        Optional<Cbor> cbor = parsed.toOptional();
        if (cbor.isEmpty()) {
            throw new PlatformException("NSM %s: %s".formatted(name, parsed.faults().getFirst()));
        }
        if (!(cbor.get() instanceof Cbor.Pairs answer) || answer.entries().size() != 1) {
            throw failed(name, cbor.get().kind(), "a map of one entry");
        }
        Optional<Cbor> error = answer.get("Error");
        if (error.isPresent()) {
            throw new PlatformException("NSM %s: %s".formatted(name, said(error.get())));
        }
        if (answer.get(name).orElse(null) instanceof Cbor.Pairs members) {
            return new Answer(name, members.entries());
        }
        throw failed(name, "an answer to another request", "its own");
    }

    private static String said(Cbor error) {
        return error instanceof Cbor.Text code
                ? NsmError.of(code.value())
                        .map(NsmError::toString)
                        .orElseGet(() -> Fault.quoted("", code.value(), "").found())
                : error.kind();
    }

    private static PlatformException failed(String name, String found, String expected) {
        return new PlatformException("NSM %s: %s (expected: %s)".formatted(name, found, expected));
    }

    /** The members of an answer; more of them than are asked for may be there. */
    private record Answer(String name, Map<Cbor, Cbor> members) {

        long number(String member) throws PlatformException {
            if (get(member) instanceof Cbor.Int number
                    && number.value() >= 0
                    && number.value() <= VERSION_MAX) {
                return number.value();
            }
            throw fault(member, "a number of 16 bits");
        }

        String text(String member) throws PlatformException {
            if (get(member) instanceof Cbor.Text text) {
                return text.value();
            }
            throw fault(member, "a text");
        }

        boolean bool(String member) throws PlatformException {
            if (get(member) instanceof Cbor.Bool bool) {
                return bool.value();
            }
            throw fault(member, "true or false");
        }

        Octets bytes(String member) throws PlatformException {
            Optional<Octets> bytes =
                    switch (get(member)) {
                        case Cbor.Bytes string -> Optional.of(string.value());
                        case Cbor.Arr array -> octets(array.elements());
                        default -> Optional.empty();
                    };
            if (bytes.isEmpty()) {
                throw fault(member, "bytes");
            }
            return bytes.get();
        }

        private static Optional<Octets> octets(List<Cbor> numbers) {
            byte[] bytes = new byte[numbers.size()];
            for (int i = 0; i < bytes.length; i++) {
                if (!(numbers.get(i) instanceof Cbor.Int number)
                        || number.value() < 0
                        || number.value() > BYTE_MAX) {
                    return Optional.empty();
                }
                bytes[i] = (byte) number.value();
            }
            return Optional.of(Octets.of(bytes));
        }

        private Cbor get(String member) {
            return members.getOrDefault(new Cbor.Text(member), new Cbor.Null());
        }

        private PlatformException fault(String member, String expected) {
            return failed(name + "." + member, get(member).kind(), expected);
        }
    }
}
