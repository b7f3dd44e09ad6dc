package io.attestgate.verify.eventlog;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who makes an app's keys, as dstack measures it: the event {@code key-provider}, JSON of {@code
 * name} and {@code id}.
 *
 * @param name {@code kms}, {@code local-sgx}…: 1 to 32 of lower-case letters, digits and hyphens
 * @param id which one, in lower-case hexadecimal, 1 to 512 bytes: of a KMS its public key, of a
 *     local provider its measurement
 */
public record DstackKeyProvider(String name, String id) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern ID = Pattern.compile("([0-9a-f]{2}){1,512}");
    private static final int SIZE_BYTES_MAX = 4096;

    /** Empty if it has another form or no id: such a provider cannot be told from another. */
    static Optional<DstackKeyProvider> parse(Octets payload) {
        return JsonReader.parse(payload.bytes(), SIZE_BYTES_MAX)
                .toOptional()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .flatMap(DstackKeyProvider::of);
    }

    private static Optional<DstackKeyProvider> of(Json.Obj object) {
        Optional<String> name = text(object, "name", NAME);
        Optional<String> id = text(object, "id", ID);
        return name.isEmpty() || id.isEmpty()
                ? Optional.empty()
                : Optional.of(new DstackKeyProvider(name.get(), id.get()));
    }

    private static Optional<String> text(Json.Obj object, String name, Pattern form) {
        return object.get(name)
                .filter(Json.Text.class::isInstance)
                .map(text -> ((Json.Text) text).value())
                .filter(form.asMatchPredicate());
    }

    /** {@code name:id}. */
    @Override
    public String toString() {
        return name + ":" + id;
    }
}
