package io.attestgate.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.NameEntry.Status;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hostname;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random registries over few labels, so that names overlap, against a model without cleverness. */
class DomainTableTest {
    private static final int REGISTRIES = 3_000;
    private static final String[] LABELS = {"a", "ba", "b"};
    private static final List<Status> STATUSES = List.of(Status.values());
    private static final Instant NOW = Policies.START.plus(Duration.ofDays(100));

    @Test
    void everyLookupIsWhatTheRulesSay() {
        long seed = 20_261_123;
        Random random = new Random(seed);
        for (int i = 0; i < REGISTRIES; i++) {
            Map<PolicyName, NameEntry> names = registry(random);
            DomainTable table = table(names);
            for (int j = 0; j < 10; j++) {
                Hostname host = host(random);
                assertThat(table.lookup(host))
                        .as("seed %d, registry %d, host %s, names %s", seed, i, host, names)
                        .isEqualTo(expected(names, host));
            }
        }
    }

    @Test
    void exactBeatsWildcardAndNoWildcardServesTwoLabelsBelow() {
        DomainTable table =
                table(
                        Map.of(
                                new PolicyName("*.a.b"), published("*.a.b", Optional.empty()),
                                new PolicyName("x.a.b"), published("x.a.b", Optional.empty())));

        assertThat(table.lookup(new Hostname("x.a.b"))).contains(tag("x.a.b"));
        assertThat(table.lookup(new Hostname("y.a.b"))).contains(tag("*.a.b"));
        assertThat(table.lookup(new Hostname("y.x.a.b"))).isEmpty();
        assertThat(table.lookup(new Hostname("a.b"))).isEmpty();
        assertThat(table.lookup(new Hostname("yba.b"))).isEmpty();
    }

    @Test
    void aTombstoneKeepsTheWildcardAway() {
        DomainTable table =
                table(
                        Map.of(
                                new PolicyName("*.a.b"), published("*.a.b", Optional.empty()),
                                new PolicyName("x.a.b"), entry(Status.WITHDRAWN)));

        assertThat(table.lookup(new Hostname("x.a.b"))).contains(new DomainState.Withdrawn());
    }

    @Test
    void aWildcardNeverServesANameThatAnotherControls() {
        Optional<Address> tenant = Optional.of(address(1));
        NameEntry delegated =
                new NameEntry(Status.LISTED, Optional.empty(), tenant, Optional.empty());
        DomainTable table =
                table(
                        Map.of(
                                new PolicyName("*.a.b"),
                                published("*.a.b", Optional.empty()),
                                new PolicyName("x.a.b"),
                                delegated));

        assertThat(table.lookup(new Hostname("x.a.b"))).isEmpty();
        assertThat(table.lookup(new Hostname("y.a.b"))).contains(tag("*.a.b"));
    }

    @Test
    void ofTheHaltsThatCoverANameOnlyTheFirstWithin37DaysCounts() {
        Halt liftedParent = halt(NOW.minus(Duration.ofDays(20)), 7, 1);
        Halt running = halt(NOW.minus(Duration.ofDays(1)), 7, 2);
        Map<PolicyName, NameEntry> names = new TreeMap<>();
        names.put(new PolicyName("a.b"), published("a.b", Optional.empty()));
        names.put(new PolicyName("b"), halted(liftedParent));
        names.put(PolicyName.GATEWAY, halted(running));

        assertThat(table(names).lookup(new Hostname("a.b"))).contains(tag("a.b"));
        names.put(new PolicyName("b"), halted(halt(NOW.minus(Duration.ofDays(37)), 7, 1)));
        assertThat(table(names).lookup(new Hostname("a.b")))
                .contains(new DomainState.Halted(running.until()));
    }

    /** The rules of the design, by suffixes of strings and full scans. */
    private static Optional<DomainState> expected(Map<PolicyName, NameEntry> names, Hostname host) {
        Optional<String> serving = Optional.empty();
        for (Map.Entry<PolicyName, NameEntry> entry : names.entrySet()) {
            String name = entry.getKey().value();
            boolean shown = entry.getValue().status() != Status.LISTED;
            boolean wildcardOf =
                    name.startsWith("*.")
                            && host.value().endsWith(name.substring(1))
                            && host.value().split("\\.").length == name.split("\\.").length
                            && controller(names, host.value())
                                    .equals(controller(names, name.substring(2)));
            if (shown && name.equals(host.value())) {
                serving = Optional.of(name);
            } else if (shown && wildcardOf && serving.isEmpty()) {
                serving = Optional.of(name);
            }
        }
        return serving.map(name -> state(names, name, host));
    }

    private static DomainState state(
            Map<PolicyName, NameEntry> names, String serving, Hostname host) {
        NameEntry entry = Optional.ofNullable(names.get(new PolicyName(serving))).orElseThrow();
        if (entry.status() == Status.WITHDRAWN) {
            return new DomainState.Withdrawn();
        }
        return names.entrySet().stream()
                .filter(one -> covers(one.getKey().value(), host.value()))
                .flatMap(one -> one.getValue().halt().stream())
                .filter(halt -> halt.start().isAfter(NOW.minus(Duration.ofDays(37))))
                .min(Comparator.comparingLong(Halt::number))
                .filter(first -> first.until().isAfter(NOW) && first.lifted().isEmpty())
                .<DomainState>map(first -> new DomainState.Halted(first.until()))
                .orElse(tag(serving));
    }

    private static Optional<Address> controller(Map<PolicyName, NameEntry> names, String host) {
        return names.entrySet().stream()
                .filter(one -> !one.getKey().isGateway() && covers(one.getKey().value(), host))
                .filter(one -> one.getValue().controller().isPresent())
                .max(Comparator.comparingInt(one -> one.getKey().value().length()))
                .flatMap(one -> one.getValue().controller());
    }

    private static boolean covers(String name, String host) {
        return name.isEmpty() || host.equals(name) || host.endsWith("." + name);
    }

    private static Map<PolicyName, NameEntry> registry(Random random) {
        Map<PolicyName, NameEntry> names = new TreeMap<>();
        long number = 0;
        for (int i = random.nextInt(12); i >= 0; i--) {
            String base = host(random).value();
            boolean wildcard = random.nextInt(3) == 0;
            String name = random.nextInt(12) == 0 ? "" : wildcard ? "*." + base : base;
            boolean plain = !wildcard || name.isEmpty();
            Optional<Halt> halt =
                    plain && random.nextInt(3) == 0
                            ? Optional.of(randomHalt(random, ++number))
                            : Optional.empty();
            Optional<Address> controller =
                    plain && !name.isEmpty() && random.nextInt(3) == 0
                            ? Optional.of(address(1 + random.nextInt(2)))
                            : Optional.empty();
            Status status =
                    name.isEmpty() ? Status.LISTED : STATUSES.get(random.nextInt(STATUSES.size()));
            names.put(
                    new PolicyName(name),
                    new NameEntry(
                            status,
                            status == Status.PUBLISHED
                                    ? Optional.of(document(name))
                                    : Optional.empty(),
                            controller,
                            halt));
        }
        return names;
    }

    private static Halt randomHalt(Random random, long number) {
        Instant start = NOW.minus(Duration.ofDays(random.nextInt(45))).minusSeconds(1);
        Halt halt = halt(start, 1 + random.nextInt(7), number);
        return random.nextInt(3) == 0
                ? new Halt(start, halt.until(), Optional.of(start.plusSeconds(1)), number)
                : halt;
    }

    private static Hostname host(Random random) {
        List<String> labels = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            labels.add(LABELS[random.nextInt(LABELS.length)]);
        }
        return new Hostname(String.join(".", labels));
    }

    private static DomainTable table(Map<PolicyName, NameEntry> names) {
        PolicyReading reading =
                PolicyReading.of(new Policies().after(Duration.ofDays(100)).point(), names);
        NavigableMap<PolicyName, DomainState> states = new TreeMap<>();
        names.forEach(
                (name, entry) -> {
                    switch (entry.status()) {
                        case PUBLISHED -> states.put(name, tag(name.value()));
                        case WITHDRAWN -> states.put(name, new DomainState.Withdrawn());
                        case LISTED -> {}
                    }
                });
        return new DomainTable(reading, states);
    }

    /** A state that tells by whose document a host is served. */
    private static DomainState tag(String name) {
        return new DomainState.Unusable(List.of(new Fault(name, "", "")));
    }

    private static NameEntry published(String name, Optional<Address> controller) {
        return new NameEntry(
                Status.PUBLISHED, Optional.of(document(name)), controller, Optional.empty());
    }

    private static NameEntry entry(Status status) {
        return new NameEntry(status, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static NameEntry halted(Halt halt) {
        return new NameEntry(Status.LISTED, Optional.empty(), Optional.empty(), Optional.of(halt));
    }

    private static Halt halt(Instant start, int days, long number) {
        return new Halt(start, start.plus(Duration.ofDays(days)), Optional.empty(), number);
    }

    private static StoredDocument document(String name) {
        return StoredDocument.of(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Address address(int last) {
        byte[] bytes = new byte[Address.SIZE_BYTES];
        bytes[Address.SIZE_BYTES - 1] = (byte) last;
        return Address.of(bytes);
    }
}
