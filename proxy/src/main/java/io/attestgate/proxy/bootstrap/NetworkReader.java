package io.attestgate.proxy.bootstrap;

import io.attestgate.policy.beacon.spec.BeaconBlockHeader;
import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.policy.beacon.spec.KnownNetworks;
import io.attestgate.policy.beacon.spec.Preset;
import io.attestgate.proxy.bootstrap.Section.Item;
import io.attestgate.proxy.bootstrap.YamlValue.Scalar;
import io.attestgate.wire.Hash32;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges {@code chain.network}: a public network by its name, or another written out. */
final class NetworkReader {
    private static final String RULE =
            "mainnet, sepolia, or a section with name, preset, genesisTime, slotDuration,"
                    + " genesisValidatorsRoot and forks";

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,12}");
    private static final Duration SLOT_MIN = Duration.ofMillis(1);
    private static final Duration SLOT_MAX = Duration.ofHours(1);

    private final Faults faults;

    NetworkReader(Faults faults) {
        this.faults = faults;
    }

    Optional<BeaconNetwork> network(Section chain, String key) {
        return chain.isSection(key)
                ? chain.section(key).flatMap(this::network)
                : chain.required(key, RULE, v -> KnownNetworks.named(v.text()));
    }

    private Optional<BeaconNetwork> network(Section section) {
        Optional<String> name =
                section.required(
                        "name",
                        "1 to 32 of a-z, 0-9 and -",
                        v -> Optional.of(v.text()).filter(t -> NAME.matcher(t).matches()));
        Optional<Preset> preset =
                section.required("preset", "mainnet or minimal", v -> Preset.parse(v.text()));
        Optional<Instant> genesis =
                section.required(
                        "genesisTime", "an instant such as 2026-01-02T03:04:05Z", this::instant);
        Optional<Duration> slot =
                section.required(
                        "slotDuration",
                        "a duration such as 12s, 1ms to 1h",
                        v -> SpeltDuration.parse(v.text(), SLOT_MIN, SLOT_MAX));
        Optional<Hash32> root =
                section.required(
                        "genesisValidatorsRoot",
                        "0x and 64 lower-case hexadecimal digits",
                        v -> Hash32.parse(v.text()));
        List<Item> items = section.items("forks", "forks, each with fork, version and epoch");
        List<ForkActivation> forks = items.stream().flatMap(i -> fork(i).stream()).toList();
        boolean inOrder = isInOrder(forks);
        if (!inOrder) {
            faults.add(
                    section.at("forks"),
                    section.name("forks"),
                    "another order",
                    "each fork once, the oldest first, its epoch not before the one before");
        }
        section.end();
        boolean whole =
                name.isPresent()
                        && preset.isPresent()
                        && genesis.isPresent()
                        && slot.isPresent()
                        && root.isPresent()
                        && !forks.isEmpty()
                        && inOrder;
        return whole
                ? Optional.of(
                        new BeaconNetwork(
                                name.get(),
                                preset.get(),
                                genesis.get(),
                                slot.get(),
                                root.get(),
                                forks))
                : Optional.empty();
    }

    private Optional<Instant> instant(Scalar value) {
        try {
            return Optional.of(Instant.parse(value.text()))
                    .filter(time -> !time.isBefore(Instant.EPOCH))
                    .filter(time -> time.isBefore(Instant.parse("9999-12-31T00:00:00Z")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<ForkActivation> fork(Item item) {
        return Section.of(item.name(), item.value(), faults).flatMap(NetworkReader::fork);
    }

    private static Optional<ForkActivation> fork(Section section) {
        Optional<Fork> fork =
                section.required(
                        "fork", "capella, deneb, electra or fulu", v -> Fork.parse(v.text()));
        Optional<ByteString> version =
                section.required(
                        "version",
                        "0x and 8 lower-case hexadecimal digits",
                        v ->
                                ByteString.parse(v.text())
                                        .filter(b -> b.size() == ForkActivation.VERSION_BYTES));
        Optional<Long> epoch =
                section.required(
                        "epoch",
                        "a whole number from 0 to 2^40",
                        v ->
                                Optional.of(v.text())
                                        .filter(text -> NUMBER.matcher(text).matches())
                                        .map(Long::parseLong)
                                        .filter(e -> e <= BeaconBlockHeader.SLOT_MAX));
        section.end();
        return fork.isPresent() && version.isPresent() && epoch.isPresent()
                ? Optional.of(new ForkActivation(fork.get(), version.get(), epoch.get()))
                : Optional.empty();
    }

    private static boolean isInOrder(List<ForkActivation> forks) {
        for (int i = 1; i < forks.size(); i++) {
            ForkActivation before = forks.get(i - 1);
            ForkActivation after = forks.get(i);
            if (before.fork().compareTo(after.fork()) >= 0 || before.epoch() > after.epoch()) {
                return false;
            }
        }
        return true;
    }
}
