package io.attestgate.policy.document;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The members of one object, asked for by name; {@link #end} refuses what nobody asked for.
 *
 * <p>One object, one thread.
 */
final class Fields {
    /** Says of a field that its enforcement is not here yet: refused, never ignored. */
    static final String NOT_ENFORCED = "none: this release does not enforce it";

    private final Json.Obj object;
    private final String path;
    private final List<Fault> faults;
    private final boolean there;
    private final Set<String> known = new HashSet<>();

    Fields(Json.Obj object, String path, List<Fault> faults) {
        this(object, path, faults, true);
    }

    private Fields(Json.Obj object, String path, List<Fault> faults, boolean there) {
        this.object = object;
        this.path = path;
        this.faults = faults;
        this.there = there;
    }

    /** The members of what is no object: none, and none is missed, since that is noted already. */
    static Fields absent(String path) {
        return new Fields(new Json.Obj(Map.of()), path, new ArrayList<>(), false);
    }

    /** Reads a member that may be absent; empty too if it is there and bad, which is noted. */
    <T> Optional<T> optional(String name, Function<Node, Optional<T>> reader) {
        known.add(name);
        return node(name).flatMap(reader);
    }

    /** Reads a member that has no default. */
    <T> Optional<T> required(String name, String expected, Function<Node, Optional<T>> reader) {
        known.add(name);
        Optional<Node> node = node(name);
        if (node.isEmpty() && there) {
            faults.add(new Fault(path + "." + name, "nothing", expected));
        }
        return node.flatMap(reader);
    }

    /** Refuses members that will mean something in a later release. */
    Fields notEnforced(String... names) {
        for (String name : names) {
            known.add(name);
            node(name).ifPresent(node -> node.fault(NOT_ENFORCED));
        }
        return this;
    }

    /** The member of that name, for a rule about several members. */
    Optional<Node> node(String name) {
        return object.get(name).map(json -> new Node(json, path + "." + name, faults));
    }

    /** Where the object stands. */
    String path() {
        return path;
    }

    /** Refuses every member that nobody asked for. */
    void end() {
        for (String name : object.members().keySet()) {
            if (!known.contains(name)) {
                faults.add(Fault.quoted(path, name, "no field that is unknown"));
            }
        }
    }
}
