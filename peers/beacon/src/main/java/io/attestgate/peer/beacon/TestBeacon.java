package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.policy.beacon.spec.Preset;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A beacon node over an execution chain that has none, such as anvil's: whatever block the chain
 * calls final, a committee of 512 signs.
 *
 * <p>It takes the real headers of execution blocks and invents everything else. Slots are short, so
 * that a block is signed within a third of a second, and sync committee periods are of minutes.
 * Nothing is published but by {@link #publish} or, from {@link #follow} on, by itself. For any
 * thread.
 */
public final class TestBeacon implements AutoCloseable {
    /** Short, since each publication takes three slots. */
    public static final Duration SLOT = Duration.ofMillis(100);

    /** So many slots have passed when it starts; a chain that is one slot old proves nothing. */
    private static final long SLOTS_BEFORE = 100;

    /** Even if nothing changes, so that clients need not wonder: well within an epoch. */
    private static final long SLOTS_UNPUBLISHED_MAX = 30;

    private static final String PATH = "/eth/v1/beacon/light_client/";
    private static final Pattern UPDATES =
            Pattern.compile("start_period=([0-9]{1,15})&count=([0-9]{1,3})");

    private final BeaconNetwork network;
    private final InstantSource clock;
    private final JsonRpc rpc;
    private final InventedChain chain;
    private final Messages messages;
    private final BeaconHttp http;
    private final ScheduledExecutorService follower =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("test-beacon").factory());
    private volatile Lie lie = Lie.NONE;
    private volatile Optional<Publication> frozen = Optional.empty();
    private Optional<Execution> seen = Optional.empty();

    private TestBeacon(
            URI execution, BeaconNetwork network, InstantSource clock, Optional<SSLContext> tls)
            throws IOException {
        this.network = network;
        this.clock = clock;
        this.rpc = JsonRpc.open(execution);
        this.chain = new InventedChain(network, InventedChain.BLOCKS_MAX);
        this.messages = new Messages(network, chain);
        this.http = BeaconHttp.open(this::answer, this::lie, tls);
    }

    /** Starts over that chain, all of it of one fork, and publishes once. Plain http. */
    public static TestBeacon start(URI execution, Fork fork, InstantSource clock)
            throws IOException {
        return start(execution, network(fork, clock), clock, Optional.empty());
    }

    /**
     * Starts over that chain and publishes once.
     *
     * @param execution JSON-RPC of a chain whose blocks are of Cancun or later
     * @param network as {@link #network} makes it, or with other forks
     * @param tls what https is served with; empty for plain http
     */
    public static TestBeacon start(
            URI execution, BeaconNetwork network, InstantSource clock, Optional<SSLContext> tls)
            throws IOException {
        TestBeacon beacon = new TestBeacon(execution, network, clock, tls);
        try {
            beacon.publish();
            return beacon;
        } catch (IOException | RuntimeException e) {
            beacon.close();
            throw e;
        }
    }

    /** A network of one fork that began a moment ago. */
    public static BeaconNetwork network(Fork fork, InstantSource clock) {
        return network(List.of(activation(fork, 0)), clock);
    }

    /** A network of these forks that began a moment ago. */
    public static BeaconNetwork network(List<ForkActivation> forks, InstantSource clock) {
        Instant genesis =
                clock.instant()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .minus(SLOT.multipliedBy(SLOTS_BEFORE));
        byte[] name = "attestgate test beacon".getBytes(StandardCharsets.US_ASCII);
        return new BeaconNetwork(
                "test", Preset.MAINNET, genesis, SLOT, Hash32.of(Digests.sha256(name)), forks);
    }

    /** A fork with a version of this network's own, from that epoch on. */
    public static ForkActivation activation(Fork fork, long epoch) {
        byte number =
                switch (fork) {
                    case CAPELLA -> 3;
                    case DENEB -> 4;
                    case ELECTRA -> 5;
                    case FULU -> 6;
                };
        byte[] version = {number, 0, 0x7e, 0x57};
        return new ForkActivation(fork, ByteString.of(version), epoch);
    }

    /** Where it listens: {@code http://127.0.0.1:PORT}. */
    public URI baseUrl() {
        return http.base();
    }

    /** What clients must be told about it. */
    public BeaconNetwork network() {
        return network;
    }

    /** The root of the newest final block, to begin at. */
    public Hash32 checkpoint() {
        return chain.checkpoint();
    }

    /** From now on publishes by itself what the execution chain calls final. */
    public void follow() {
        long millis = SLOT.toMillis();
        follower.scheduleWithFixedDelay(this::step, 0, millis, TimeUnit.MILLISECONDS);
    }

    /** From now on does this. */
    public void lie(Lie newest) {
        frozen = chain.newest();
        lie = newest;
    }

    private Lie lie() {
        return lie;
    }

    /**
     * Publishes what the execution chain calls final now, in the slot that runs now, and once in
     * every period that passed since.
     *
     * @return whether there was room for it: three slots since the one before, in one period
     */
    public synchronized boolean publish() throws IOException {
        try {
            return publish(Execution.look(rpc));
        } catch (RpcException e) {
            throw new IOException("execution chain: " + e.getMessage(), e);
        }
    }

    private boolean publish(Execution execution) {
        long slot = network.slotAt(clock.instant());
        long published = chain.newest().map(p -> network.periodAt(p.signatureSlot())).orElse(-1L);
        for (long period = published + 1; period < network.periodAt(slot); period++) {
            // Its third slot from the end of the first epoch is as good as any.
            publishAt(period * network.preset().slotsPerPeriod() + SLOTS_BEFORE, execution);
        }
        return publishAt(slot, execution);
    }

    private boolean publishAt(long slot, Execution execution) {
        if (!chain.hasRoom(slot)) {
            return false;
        }
        var _ = chain.publish(execution.finalized(), execution.latest(), slot);
        seen = Optional.of(execution);
        return true;
    }

    private synchronized void step() {
        try {
            Execution now = Execution.look(rpc);
            long slot = network.slotAt(clock.instant());
            long since = slot - chain.newest().map(Publication::signatureSlot).orElse(0L);
            if (!seen.equals(Optional.of(now)) || since >= SLOTS_UNPUBLISHED_MAX) {
                var _ = publish(now);
            }
        } catch (RpcException e) {
            // The execution chain is gone for now; the next step looks again.
            seen = Optional.empty();
        }
    }

    private Optional<Json> answer(URI request) {
        String path = request.getPath();
        if (!path.startsWith(PATH)) {
            return Optional.empty();
        }
        String asked = path.substring(PATH.length());
        return switch (asked) {
            case "updates" -> updates(Optional.ofNullable(request.getQuery()).orElse(""));
            case "finality_update" -> told().map(p -> messages.finality(p, lie));
            case "optimistic_update" -> told().map(p -> messages.optimistic(p, lie));
            default -> bootstrap(asked);
        };
    }

    private Optional<Json> bootstrap(String asked) {
        return Optional.of(asked)
                .filter(a -> a.startsWith("bootstrap/"))
                .flatMap(a -> Hash32.parse(a.substring("bootstrap/".length())))
                .flatMap(chain::ofFinalizedRoot)
                .map(p -> messages.bootstrap(p, lie));
    }

    private Optional<Json> updates(String query) {
        Matcher asked = UPDATES.matcher(query);
        if (!asked.matches()) {
            return Optional.empty();
        }
        long start = Long.parseLong(asked.group(1));
        int count = Integer.parseInt(asked.group(2));
        List<Json> updates = new ArrayList<>();
        for (long period = start; period < start + count; period++) {
            chain.ofPeriod(period).ifPresent(p -> updates.add(messages.update(p, lie)));
        }
        return Optional.of(new Json.Arr(updates));
    }

    /** The newest publication as the node tells of it. */
    private Optional<Publication> told() {
        return switch (lie) {
            case STALE -> frozen;
            case FUTURE -> chain.newest().map(this::inTheFuture);
            default -> chain.newest();
        };
    }

    private Publication inTheFuture(Publication newest) {
        InventedChain future = new InventedChain(network, InventedChain.BLOCKS_MAX);
        return future.publish(
                newest.finalized().header().execution(),
                newest.attested().header().execution(),
                newest.signatureSlot() + 1000);
    }

    @Override
    public void close() {
        follower.shutdownNow();
        http.close();
        rpc.close();
    }
}
