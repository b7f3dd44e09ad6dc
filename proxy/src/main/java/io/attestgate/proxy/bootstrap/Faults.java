package io.attestgate.proxy.bootstrap;

import io.attestgate.wire.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with one file, each fault with its place. Not shared between threads. */
final class Faults {
    /** More would help nobody: the first faults explain the others. */
    static final int FAULTS_MAX = 100;

    private record Placed(Position at, Fault fault) {}

    private final String file;
    private final List<Placed> faults = new ArrayList<>();

    Faults(String file) {
        this.file = file;
    }

    /** Adds one; {@code found} is ours and stays as it is. */
    void add(Position at, String name, String found, String expected) {
        place(at, new Fault(named(at, name), found, expected));
    }

    /** Adds one about {@code text} of the file, which is quoted and cut. */
    void addQuoted(Position at, String name, String text, String expected) {
        place(at, Fault.quoted(named(at, name), text, expected));
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** All of them in the file's order. */
    List<Fault> inOrder() {
        return faults.stream().sorted(Comparator.comparing(Placed::at)).map(Placed::fault).toList();
    }

    private String named(Position at, String name) {
        return "%s:%s: %s".formatted(file, at, name);
    }

    private void place(Position at, Fault fault) {
        if (faults.size() < FAULTS_MAX) {
            faults.add(new Placed(at, fault));
        }
    }
}
