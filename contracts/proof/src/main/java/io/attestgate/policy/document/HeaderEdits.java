package io.attestgate.policy.document;

import java.util.List;

/**
 * Changes to the header fields of one direction, made in this order: remove, set, add.
 *
 * @param remove names in lower case whose fields all go
 * @param set fields that replace all of their name
 * @param add fields that join what is there
 */
public record HeaderEdits(List<String> remove, List<HeaderField> set, List<HeaderField> add) {
    /** Changes nothing. */
    public static final HeaderEdits NONE = new HeaderEdits(List.of(), List.of(), List.of());

    public HeaderEdits {
        remove = List.copyOf(remove);
        set = List.copyOf(set);
        add = List.copyOf(add);
    }

    /**
     * One header field.
     *
     * @param name a token in lower case (RFC 9110 §5.1)
     * @param value without control characters and surrounding space (RFC 9110 §5.5)
     */
    public record HeaderField(String name, String value) {}
}
