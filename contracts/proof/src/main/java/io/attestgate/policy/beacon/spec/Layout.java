package io.attestgate.policy.beacon.spec;

import java.util.List;

/**
 * The sizes of a container's fields in the order of the specification, which is all that SSZ needs
 * to be told about it.
 *
 * @param sizesBytes of each field; {@link #VARIABLE} for one that an offset points to
 */
record Layout(List<Integer> sizesBytes) {
    static final int VARIABLE = -1;
    static final int OFFSET_BYTES = 4;

    Layout {
        sizesBytes = List.copyOf(sizesBytes);
    }

    static Layout of(Integer... sizesBytes) {
        return new Layout(List.of(sizesBytes));
    }

    /** What the fields take before the first variable one's bytes. */
    int fixedBytes() {
        return sizesBytes.stream().mapToInt(size -> size == VARIABLE ? OFFSET_BYTES : size).sum();
    }
}
