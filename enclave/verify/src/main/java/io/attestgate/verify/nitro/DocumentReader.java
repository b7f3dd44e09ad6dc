package io.attestgate.verify.nitro;

import static io.attestgate.verify.evidence.MalformedException.good;

import io.attestgate.verify.cbor.Cbor;
import io.attestgate.verify.cbor.CborReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads a document's fields by the published rules (NSM attestation process, 3.2.2): those that
 * must be there, those that may, and no other. Where the two published bounds of a field differ,
 * the wider counts; null stands for an absent optional field, as security modules write it.
 */
final class DocumentReader {
    private static final int CERTIFICATE_BYTES_MAX = 1024;
    private static final int USER_DATA_BYTES_MAX = 1024;

    /** Four are in use; a longer chain than any that Amazon says of. */
    private static final int AUTHORITIES_MAX = 8;

    private static final int PCR_INDEX_MAX = 31;
    private static final Pattern MODULE_ID = Pattern.compile("[\\x21-\\x7e]{1,256}");

    private static final Set<String> REQUIRED =
            Set.of("module_id", "digest", "timestamp", "certificate", "cabundle");
    private static final Set<String> OPTIONAL = Set.of("public_key", "user_data", "nonce");

    private final Cbor.Pairs map;

    private DocumentReader(Cbor.Pairs map) {
        this.map = map;
    }

    static Document read(Octets payload) throws MalformedException {
        Cbor item = good(CborReader.parse(payload.bytes(), CoseSign1.PAYLOAD_BYTES_MAX));
        if (item instanceof Cbor.Pairs map) {
            return new DocumentReader(map).document();
        }
        throw new MalformedException("document", item.kind(), "a map");
    }

    private Document document() throws MalformedException {
        Form form = form();
        digest();
        return new Document(
                form,
                moduleId(),
                timestamp(),
                pcrs(form),
                bytes("certificate", value("certificate"), 1, CERTIFICATE_BYTES_MAX),
                authorities(),
                optional("public_key", 1),
                optional("user_data", 0),
                optional("nonce", 0));
    }

    /** The one that has exactly its fields. */
    private Form form() throws MalformedException {
        Set<String> names = new TreeSet<>();
        for (Cbor key : map.entries().keySet()) {
            if (!(key instanceof Cbor.Text name)) {
                throw new MalformedException("document", "a key that is a number", "texts");
            }
            if (!OPTIONAL.contains(name.value())) {
                names.add(name.value());
            }
        }
        for (Form form : Form.values()) {
            Set<String> expected = new TreeSet<>(REQUIRED);
            expected.add(form.field());
            if (names.equals(expected)) {
                return form;
            }
        }
        throw new MalformedException(
                Fault.quoted(
                        "document",
                        String.join(", ", names),
                        "certificate, cabundle, digest, module_id, timestamp, and pcrs or"
                                + " nitrotpm_pcrs"));
    }

    private void digest() throws MalformedException {
        if (!value("digest").equals(new Cbor.Text(Document.DIGEST))) {
            throw malformed("digest", value("digest"), Document.DIGEST);
        }
    }

    private String moduleId() throws MalformedException {
        if (value("module_id") instanceof Cbor.Text text
                && MODULE_ID.matcher(text.value()).matches()) {
            return text.value();
        }
        throw malformed("module_id", value("module_id"), "1 to 256 printable characters");
    }

    private Instant timestamp() throws MalformedException {
        if (value("timestamp") instanceof Cbor.Int millis && millis.value() > 0) {
            return Instant.ofEpochMilli(millis.value());
        }
        throw malformed("timestamp", value("timestamp"), "milliseconds since 1970");
    }

    private SortedMap<Integer, Octets> pcrs(Form form) throws MalformedException {
        if (!(value(form.field()) instanceof Cbor.Pairs registers)) {
            throw malformed(form.field(), value(form.field()), "a map");
        }
        SortedMap<Integer, Octets> pcrs = new TreeMap<>();
        for (Map.Entry<Cbor, Cbor> register : registers.entries().entrySet()) {
            int index = index(form, register.getKey());
            pcrs.put(index, pcr("%s %d".formatted(form.field(), index), register.getValue()));
        }
        if (!pcrs.keySet().containsAll(form.measured())) {
            throw new MalformedException(
                    form.field(), pcrs.keySet().toString(), "with " + form.measured());
        }
        return pcrs;
    }

    private static int index(Form form, Cbor key) throws MalformedException {
        if (key instanceof Cbor.Int index && index.value() >= 0 && index.value() <= PCR_INDEX_MAX) {
            return (int) index.value();
        }
        throw malformed(form.field(), key, "an index of 0 to " + PCR_INDEX_MAX);
    }

    /** The size is the digest's: of the three that are published only SHA-384's. */
    private static Octets pcr(String name, Cbor value) throws MalformedException {
        return bytes(name, value, Document.PCR_BYTES, Document.PCR_BYTES);
    }

    private List<Octets> authorities() throws MalformedException {
        if (!(value("cabundle") instanceof Cbor.Arr bundle)
                || bundle.elements().isEmpty()
                || bundle.elements().size() > AUTHORITIES_MAX) {
            throw malformed("cabundle", value("cabundle"), "an array of 1 to " + AUTHORITIES_MAX);
        }
        List<Octets> authorities = new ArrayList<>();
        for (Cbor element : bundle.elements()) {
            authorities.add(bytes("cabundle", element, 1, CERTIFICATE_BYTES_MAX));
        }
        return authorities;
    }

    private Optional<Octets> optional(String name, int min) throws MalformedException {
        Optional<Cbor> value = map.get(name).filter(item -> !(item instanceof Cbor.Null));
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(bytes(name, value.get(), min, USER_DATA_BYTES_MAX));
    }

    private static Octets bytes(String name, Cbor item, int min, int max)
            throws MalformedException {
        if (item instanceof Cbor.Bytes bytes
                && bytes.value().size() >= min
                && bytes.value().size() <= max) {
            return bytes.value();
        }
        throw malformed(name, item, "a byte string of %d to %d".formatted(min, max));
    }

    private Cbor value(String name) {
        return map.get(name).orElseThrow();
    }

    private static MalformedException malformed(String name, Cbor item, String expected) {
        return new MalformedException(
                switch (item) {
                    case Cbor.Text text -> Fault.quoted(name, text.value(), expected);
                    case Cbor.Int number ->
                            new Fault(name, Long.toString(number.value()), expected);
                    case Cbor.Bytes bytes ->
                            new Fault(name, bytes.value().size() + " bytes", expected);
                    case Cbor.Arr array ->
                            new Fault(name, array.elements().size() + " elements", expected);
                    default -> new Fault(name, item.kind(), expected);
                });
    }
}
