package io.attestgate.verify.evidence;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads an {@link AppraisalPolicy} from JSON: exactly the members {@code roots}, {@code tcbStates},
 * {@code advisories} and {@code debug} (docs/evidence-dcap.md, policy), and a member for each kind
 * that has a part of its own, such as {@code snp}.
 */
public final class AppraisalPolicyReader {
    /** Far more than a policy that a person can read. */
    public static final int SIZE_BYTES_MAX = 64 * 1024;

    private static final Set<String> MEMBERS = Set.of("roots", "tcbStates", "advisories", "debug");

    private final Map<String, Hash32> namedRoots;
    private final Map<String, PolicyPartReader> parts;
    private final List<Fault> faults = new ArrayList<>();

    private AppraisalPolicyReader(
            Map<String, Hash32> namedRoots, Map<String, PolicyPartReader> parts) {
        this.namedRoots = namedRoots;
        this.parts = parts;
    }

    /**
     * @param namedRoots roots that a policy may call by name
     * @param parts readers of the kinds' own parts, by the name of their member
     */
    public static Parsed<AppraisalPolicy> parse(
            byte[] json, Map<String, Hash32> namedRoots, Map<String, PolicyPartReader> parts) {
        return JsonReader.parse(json, SIZE_BYTES_MAX)
                .then(value -> new AppraisalPolicyReader(namedRoots, parts).policy(value));
    }

    private Parsed<AppraisalPolicy> policy(Json json) {
        if (!(json instanceof Json.Obj object) || !hasMembers(object)) {
            return Parsed.bad(
                    new Fault(
                            "$",
                            json.kind(),
                            "an object of roots, tcbStates, advisories, debug; and of "
                                    + parts.keySet().stream().sorted().toList()));
        }
        Set<Hash32> roots = roots(member(object, "roots"));
        Map<TcbState, Instant> states =
                untils(
                        "$.tcbStates",
                        member(object, "tcbStates"),
                        AppraisalPolicyReader::acceptable);
        Map<String, Instant> advisories =
                untils("$.advisories", member(object, "advisories"), Optional::of);
        AppraisalPolicy.Debug debug = debug(member(object, "debug"));
        Set<PolicyPart> own = parts(object);
        return faults.isEmpty()
                ? Parsed.good(new AppraisalPolicy(roots, states, advisories, debug, own))
                : new Parsed.Bad<>(faults);
    }

    private boolean hasMembers(Json.Obj object) {
        Set<String> names = new HashSet<>(object.members().keySet());
        names.removeAll(parts.keySet());
        return names.equals(MEMBERS);
    }

    private Set<PolicyPart> parts(Json.Obj object) {
        Set<PolicyPart> all = new HashSet<>();
        parts.forEach(
                (name, reader) ->
                        object.get(name)
                                .ifPresent(json -> part(reader, name, json).ifPresent(all::add)));
        return all;
    }

    private Optional<PolicyPart> part(PolicyPartReader reader, String name, Json json) {
        try {
            return Optional.of(reader.read(name, json));
        } catch (MalformedException e) {
            faults.add(e.fault());
            return Optional.empty();
        }
    }

    private static Json member(Json.Obj object, String name) {
        return object.get(name).orElseThrow();
    }

    /** No policy can accept what its vendor revoked. */
    private static Optional<TcbState> acceptable(String spelling) {
        return TcbState.parse(spelling).filter(state -> state != TcbState.REVOKED);
    }

    private Set<Hash32> roots(Json json) {
        Set<Hash32> roots = new HashSet<>();
        List<Json> elements = json instanceof Json.Arr array ? array.elements() : List.of();
        for (Json element : elements) {
            root(element)
                    .ifPresentOrElse(
                            roots::add,
                            () -> fault("$.roots", element, "0x and 64 digits: " + rootNames()));
        }
        if (elements.isEmpty()) {
            fault("$.roots", json, "an array of at least one root");
        }
        return roots;
    }

    private Optional<Hash32> root(Json json) {
        return json instanceof Json.Text text
                ? Optional.ofNullable(namedRoots.get(text.value()))
                        .or(() -> Hash32.parse(text.value()))
                : Optional.empty();
    }

    private String rootNames() {
        return "SHA-256 of a certificate, or one of " + namedRoots.keySet();
    }

    private <K> Map<K, Instant> untils(
            String path, Json json, Function<String, Optional<K>> keyOf) {
        Map<K, Instant> untils = new HashMap<>();
        if (!(json instanceof Json.Obj object)) {
            fault(path, json, "an object of instants");
            return untils;
        }
        object.members()
                .forEach(
                        (name, value) -> {
                            Optional<K> key = keyOf.apply(name);
                            Optional<Instant> until = instant(value);
                            if (key.isPresent() && until.isPresent()) {
                                untils.put(key.get(), until.get());
                            } else {
                                faults.add(Fault.quoted(path, name, "a known name and an instant"));
                            }
                        });
        return untils;
    }

    private static Optional<Instant> instant(Json json) {
        try {
            return json instanceof Json.Text text
                    ? Optional.of(Instant.parse(text.value()))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private AppraisalPolicy.Debug debug(Json json) {
        if (json.equals(new Json.Text("accepted"))) {
            return AppraisalPolicy.Debug.ACCEPTED;
        }
        if (!json.equals(new Json.Text("refused"))) {
            fault("$.debug", json, "\"refused\" or \"accepted\"");
        }
        return AppraisalPolicy.Debug.REFUSED;
    }

    private void fault(String path, Json found, String expected) {
        faults.add(
                found instanceof Json.Text text
                        ? Fault.quoted(path, text.value(), expected)
                        : new Fault(path, found.kind(), expected));
    }
}
