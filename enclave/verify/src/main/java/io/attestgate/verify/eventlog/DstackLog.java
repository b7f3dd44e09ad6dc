package io.attestgate.verify.eventlog;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * dstack's event log: JSON, an array of events of all four RTMRs.
 *
 * <p>What the running system measures is in RTMR3 alone and each name there at most once, so that
 * an event cannot be said twice with different payloads.
 *
 * @param events in the order in which they were measured
 */
public record DstackLog(List<DstackEvent> events) {
    /** Room for a composed app's description in the payloads. */
    public static final int SIZE_BYTES_MAX = 1024 * 1024;

    /** The event that differs from instance to instance of one app. */
    public static final String INSTANCE_ID = "instance-id";

    private static final String KEY_PROVIDER = "key-provider";
    private static final int EVENTS_MAX = 1024;

    public DstackLog {
        events = List.copyOf(events);
    }

    public static Parsed<DstackLog> parse(byte[] json) {
        return JsonReader.parse(json, SIZE_BYTES_MAX)
                .then(
                        value -> {
                            try {
                                return Parsed.good(read(value));
                            } catch (MalformedException e) {
                                return Parsed.bad(e.fault());
                            }
                        });
    }

    private static DstackLog read(Json json) throws MalformedException {
        List<DstackEvent> events = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonFields fields :
                JsonFields.of("$", Json.object("log", json)).objects("log", EVENTS_MAX)) {
            DstackEvent event = DstackEvent.parse(fields);
            if (event.type() == DstackEvent.RUNTIME && !names.add(event.name())) {
                throw fields.fault("event", "each name of the running system once");
            }
            events.add(event);
        }
        return new DstackLog(events);
    }

    /** What an RTMR holds if exactly these events went into it. */
    public Octets replay(int register) {
        return replay(event -> event.register() == register);
    }

    /** RTMR3 as it would be without the instance's own id: alike for all instances of an app. */
    public Octets withoutInstance() {
        return replay(
                event ->
                        event.register() == DstackEvent.RUNTIME_REGISTER
                                && !event.name().equals(INSTANCE_ID));
    }

    private Octets replay(Predicate<DstackEvent> extended) {
        Register register = Register.of(TcgLog.Bank.SHA384);
        events.stream().filter(extended).forEach(event -> register.extend(event.digest()));
        return register.value();
    }

    /** Who makes the app's keys; empty if no event names him with an identity. */
    public Optional<DstackKeyProvider> keyProvider() {
        return payload(KEY_PROVIDER).flatMap(DstackKeyProvider::parse);
    }

    /** The payload of that event of the running system. */
    public Optional<Octets> payload(String name) {
        return events.stream()
                .filter(event -> event.type() == DstackEvent.RUNTIME && event.name().equals(name))
                .map(DstackEvent::payload)
                .findFirst();
    }
}
