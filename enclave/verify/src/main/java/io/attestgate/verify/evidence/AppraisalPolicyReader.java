package io.attestgate.verify.evidence;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
        Optional<Map<String, PolicyField>> members =
                read(
                        new PolicyField("$", json),
                        field -> field.exactly(MEMBERS, parts.keySet()).members());
        Optional<AppraisalPolicy> policy = members.flatMap(this::policy);
        return faults.isEmpty() ? Parsed.good(policy.orElseThrow()) : new Parsed.Bad<>(faults);
    }

    /** Empty only if there are faults. */
    private Optional<AppraisalPolicy> policy(Map<String, PolicyField> members) {
        Set<Hash32> roots = roots(member(members, "roots"));
        Map<TcbState, Instant> states =
                untils(member(members, "tcbStates"), AppraisalPolicyReader::state);
        Map<String, Instant> advisories =
                untils(member(members, "advisories"), (field, name) -> name);
        Optional<AppraisalPolicy.Debug> debug =
                read(member(members, "debug"), one -> one.constant(AppraisalPolicy.Debug.class));
        Set<PolicyPart> own = parts(members);
        return debug.map(one -> new AppraisalPolicy(roots, states, advisories, one, own));
    }

    private static PolicyField member(Map<String, PolicyField> members, String name) {
        return Objects.requireNonNull(members.get(name), name);
    }

    private Set<PolicyPart> parts(Map<String, PolicyField> members) {
        Set<PolicyPart> all = new HashSet<>();
        parts.forEach(
                (name, reader) ->
                        Optional.ofNullable(members.get(name))
                                .flatMap(field -> read(field, reader::read))
                                .ifPresent(all::add));
        return all;
    }

    private Set<Hash32> roots(PolicyField field) {
        List<PolicyField> elements =
                read(field, AppraisalPolicyReader::someElements).orElse(List.of());
        Set<Hash32> roots = new HashSet<>();
        for (PolicyField element : elements) {
            read(element, one -> one.hash(namedRoots)).ifPresent(roots::add);
        }
        return roots;
    }

    private static List<PolicyField> someElements(PolicyField field) throws MalformedException {
        List<PolicyField> elements = field.elements();
        if (elements.isEmpty()) {
            throw field.malformed("an array of at least one root");
        }
        return elements;
    }

    private <K> Map<K, Instant> untils(PolicyField field, NameOf<K> nameOf) {
        Map<K, Instant> untils = new HashMap<>();
        read(field, PolicyField::members)
                .orElse(Map.of())
                .forEach(
                        (name, value) -> {
                            Optional<K> key = read(field, one -> nameOf.read(one, name));
                            Optional<Instant> until = read(value, PolicyField::instant);
                            if (key.isPresent() && until.isPresent()) {
                                untils.put(key.get(), until.get());
                            }
                        });
        return untils;
    }

    private static TcbState state(PolicyField field, String name) throws MalformedException {
        Set<TcbState> acceptable = EnumSet.complementOf(EnumSet.of(TcbState.REVOKED));
        TcbState state =
                TcbState.parse(name).orElseThrow(() -> field.unknown(name, "one of " + acceptable));
        if (!acceptable.contains(state)) {
            String rule = "a state that its vendor did not revoke: one of " + acceptable;
            throw new MalformedException(Fault.quoted(field.path(), name, rule));
        }
        return state;
    }

    /** Reads a member's name, which means something where it stands. */
    private interface NameOf<K> {
        K read(PolicyField field, String name) throws MalformedException;
    }

    private interface Reading<T> {
        T of(PolicyField field) throws MalformedException;
    }

    /** Empty if there was a fault, which is kept: a person mends all of them at once. */
    private <T> Optional<T> read(PolicyField field, Reading<T> reading) {
        try {
            return Optional.of(reading.of(field));
        } catch (MalformedException e) {
            faults.add(e.fault());
            return Optional.empty();
        }
    }
}
