package io.attestgate.attest.tpm;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the platform keeps in the state directory: the sealed secret as its TPM wrapped it, and what
 * it belongs to. No secret.
 *
 * <p>Whoever changes it is found out, since {@link #pins} is sealed together with the secret.
 *
 * @param endorsement the name of the endorsement key
 * @param register the register's index
 * @param epoch the epoch's counter
 * @param authoriser the point of the key that signs policies
 * @param publicArea of the sealed object, TPMT_PUBLIC
 * @param privateArea of the sealed object, encrypted by the TPM
 */
record TpmState(
        TpmName endorsement,
        Index register,
        Index epoch,
        Octets authoriser,
        Octets publicArea,
        Octets privateArea) {
    static final int SIZE_BYTES_MAX = 8 * 1024;

    private static final byte[] PINS =
            "attestgate/tpm/pins/v1\0".getBytes(StandardCharsets.US_ASCII);

    /** What the secret is sealed with: all that it must be used with. */
    Hash32 pins() {
        return pins(endorsement, register, epoch, authoriserKey().name());
    }

    /** The same before there is a sealed object. */
    static Hash32 pins(TpmName endorsement, Index register, Index epoch, TpmName authoriser) {
        return Hash32.of(
                Digests.sha256(
                        PINS,
                        endorsement.bytes(),
                        register.name(true).bytes(),
                        epoch.name(true).bytes(),
                        authoriser.bytes()));
    }

    EccPublic authoriserKey() {
        byte[] point = authoriser.bytes();
        int half = EccPublic.COORDINATE_BYTES;
        return EccPublic.external(
                Arrays.copyOf(point, half), Arrays.copyOfRange(point, half, 2 * half));
    }

    byte[] toBytes() {
        return CanonicalJson.write(
                Json.object(
                        "version", 1L,
                        "endorsement", Base64Url.write(endorsement.bytes()),
                        "register", (long) register.handle(),
                        "epoch", (long) epoch.handle(),
                        "authoriser", Base64Url.write(authoriser.bytes()),
                        "public", Base64Url.write(publicArea.bytes()),
                        "private", Base64Url.write(privateArea.bytes())));
    }

    /**
     * Reads what {@link #toBytes} wrote; the disk is the operator's, so anything may stand there.
     */
    static TpmState parse(byte[] file) throws TpmException {
        return JsonReader.parse(file, SIZE_BYTES_MAX)
                .toOptional()
                .flatMap(TpmState::of)
                .filter(state -> Arrays.equals(state.toBytes(), file))
                .orElseThrow(
                        () ->
                                TpmException.of(
                                        TpmException.Reason.DAMAGED,
                                        "state of the TPM",
                                        file.length + " bytes of another form",
                                        "what was written at the first start"));
    }

    private static Optional<TpmState> of(Json json) {
        if (!(json instanceof Json.Obj object)) {
            return Optional.empty();
        }
        Optional<Octets> endorsement = octets(object, "endorsement");
        Optional<Index> register = index(object, "register", Index.Kind.EXTEND);
        Optional<Index> epoch = index(object, "epoch", Index.Kind.COUNTER);
        Optional<Octets> authoriser =
                octets(object, "authoriser")
                        .filter(point -> point.size() == 2 * EccPublic.COORDINATE_BYTES);
        Optional<Octets> publicArea = octets(object, "public");
        Optional<Octets> privateArea = octets(object, "private");
        if (endorsement.isEmpty()
                || register.isEmpty()
                || epoch.isEmpty()
                || authoriser.isEmpty()
                || publicArea.isEmpty()
                || privateArea.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new TpmState(
                        new TpmName(endorsement.get()),
                        register.get(),
                        epoch.get(),
                        authoriser.get(),
                        publicArea.get(),
                        privateArea.get()));
    }

    private static Optional<Octets> octets(Json.Obj object, String name) {
        return object.get(name)
                .filter(Json.Text.class::isInstance)
                .map(Json.Text.class::cast)
                .flatMap(text -> Base64Url.parse(text.value()))
                .map(Octets::of);
    }

    private static Optional<Index> index(Json.Obj object, String name, Index.Kind kind) {
        return object.get(name)
                .filter(Json.Int.class::isInstance)
                .map(number -> ((Json.Int) number).value() - Index.HANDLE_FIRST)
                .filter(number -> number >= 0 && number < Index.HANDLE_COUNT)
                .map(number -> new Index(Index.HANDLE_FIRST + number.intValue(), kind));
    }
}
