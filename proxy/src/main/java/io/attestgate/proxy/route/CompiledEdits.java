package io.attestgate.proxy.route;

import io.attestgate.policy.document.HeaderEdits;
import io.attestgate.policy.document.HeaderEdits.HeaderField;
import io.attestgate.proxy.http.Headers;
import io.netty.util.AsciiString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Changes to header fields, ready to be made: some go, some come. */
public final class CompiledEdits {
    private final Set<AsciiString> removed;
    private final List<Field> added;

    private record Field(AsciiString name, AsciiString value) {}

    private CompiledEdits(Set<AsciiString> removed, List<Field> added) {
        this.removed = removed;
        this.added = added;
    }

    static CompiledEdits of(HeaderEdits edits) {
        Set<AsciiString> removed = new HashSet<>();
        edits.remove().forEach(name -> removed.add(AsciiString.of(name)));
        edits.set().forEach(field -> removed.add(AsciiString.of(field.name())));
        List<Field> added =
                java.util.stream.Stream.concat(edits.set().stream(), edits.add().stream())
                        .map(CompiledEdits::field)
                        .toList();
        return new CompiledEdits(Set.copyOf(removed), added);
    }

    private static Field field(HeaderField field) {
        return new Field(AsciiString.of(field.name()), AsciiString.of(field.value()));
    }

    /** Makes them. */
    public void apply(Headers headers) {
        if (!removed.isEmpty()) {
            headers.removeIf((name, value) -> removed.contains(name));
        }
        for (Field field : added) {
            headers.add(field.name(), field.value());
        }
    }
}
