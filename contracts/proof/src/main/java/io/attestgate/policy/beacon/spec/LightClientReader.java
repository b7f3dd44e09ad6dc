package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads light-client messages from the Beacon API's JSON and from SSZ. Takes arbitrary values,
 * allocates in proportion, and answers what is no message with the field and the rule it breaks.
 *
 * <p>What is read is well-formed, and nothing of it is believed yet.
 *
 * @param preset how large committees are
 */
public record LightClientReader(Preset preset) {
    private static final String ROOT = "$";

    /** How the fields of one kind of message are laid out and read. */
    private enum Kind {
        UPDATE,
        FINALITY,
        OPTIMISTIC
    }

    /** Something that is read from fields. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws Malformed;
    }

    /** A {@code LightClientBootstrap} in the API's envelope of {@code version} and {@code data}. */
    public Parsed<LightClientBootstrap> bootstrap(Json envelope) {
        return parsed(
                () ->
                        LightClientBootstrap.read(
                                data(ROOT, envelope), version(ROOT, envelope), preset));
    }

    /** A {@code LightClientBootstrap} of that fork in SSZ. */
    public Parsed<LightClientBootstrap> bootstrap(Fork fork, byte[] ssz) {
        return parsed(
                () ->
                        LightClientBootstrap.read(
                                SszFields.of(ROOT, LightClientBootstrap.layout(fork, preset), ssz),
                                fork,
                                preset));
    }

    /** An array of {@code LightClientUpdate} in their envelopes, at most so many. */
    public Parsed<List<LightClientUpdate>> updates(Json envelopes, int countMax) {
        return parsed(
                () -> {
                    if (!(envelopes instanceof Json.Arr(List<Json> each))
                            || each.size() > countMax) {
                        throw new Malformed(
                                ROOT, envelopes.kind(), "an array of at most " + countMax);
                    }
                    List<LightClientUpdate> updates = new ArrayList<>();
                    for (Json one : each) {
                        updates.add(update(ROOT + "[" + updates.size() + "]", one, Kind.UPDATE));
                    }
                    return updates;
                });
    }

    /** A {@code LightClientFinalityUpdate} in its envelope. */
    public Parsed<LightClientUpdate> finalityUpdate(Json envelope) {
        return parsed(() -> update(ROOT, envelope, Kind.FINALITY));
    }

    /** A {@code LightClientOptimisticUpdate} in its envelope. */
    public Parsed<LightClientUpdate> optimisticUpdate(Json envelope) {
        return parsed(() -> update(ROOT, envelope, Kind.OPTIMISTIC));
    }

    /** A {@code LightClientUpdate} of that fork in SSZ. */
    public Parsed<LightClientUpdate> update(Fork fork, byte[] ssz) {
        return parsed(() -> update(fork, LightClientUpdate.layout(fork, preset), ssz, Kind.UPDATE));
    }

    /** A {@code LightClientFinalityUpdate} of that fork in SSZ. */
    public Parsed<LightClientUpdate> finalityUpdate(Fork fork, byte[] ssz) {
        Layout layout = LightClientUpdate.finalityLayout(fork, preset);
        return parsed(() -> update(fork, layout, ssz, Kind.FINALITY));
    }

    /** A {@code LightClientOptimisticUpdate} of that fork in SSZ. */
    public Parsed<LightClientUpdate> optimisticUpdate(Fork fork, byte[] ssz) {
        Layout layout = LightClientUpdate.optimisticLayout(preset);
        return parsed(() -> update(fork, layout, ssz, Kind.OPTIMISTIC));
    }

    private static <T> Parsed<T> parsed(Reading<T> reading) {
        try {
            return Parsed.good(reading.read());
        } catch (Malformed e) {
            return Parsed.bad(e.fault());
        }
    }

    private LightClientUpdate update(Fork fork, Layout layout, byte[] ssz, Kind kind)
            throws Malformed {
        return update(SszFields.of(ROOT, layout, ssz), fork, kind);
    }

    private LightClientUpdate update(String path, Json envelope, Kind kind) throws Malformed {
        return update(data(path, envelope), version(path, envelope), kind);
    }

    private LightClientUpdate update(Fields fields, Fork fork, Kind kind) throws Malformed {
        return switch (kind) {
            case UPDATE -> LightClientUpdate.read(fields, fork, preset);
            case FINALITY -> LightClientUpdate.readFinality(fields, fork, preset);
            case OPTIMISTIC -> LightClientUpdate.readOptimistic(fields, fork, preset);
        };
    }

    private static Fork version(String path, Json envelope) throws Malformed {
        Json version = member(path, envelope, "version");
        String name = version instanceof Json.Text(String text) ? text : version.kind();
        Optional<Fork> fork = Fork.parse(name);
        if (fork.isEmpty()) {
            throw new Malformed(
                    Fault.quoted(path + ".version", name, "capella, deneb, electra or fulu"));
        }
        return fork.get();
    }

    private static Fields data(String path, Json envelope) throws Malformed {
        return JsonFields.of(path + ".data", member(path, envelope, "data"));
    }

    /** The envelope may have members besides these, which say nothing that is believed. */
    private static Json member(String path, Json envelope, String name) throws Malformed {
        Optional<Json> member =
                envelope instanceof Json.Obj object ? object.get(name) : Optional.empty();
        if (member.isEmpty()) {
            throw new Malformed(path + "." + name, "nothing", "a member of the answer");
        }
        return member.get();
    }
}
