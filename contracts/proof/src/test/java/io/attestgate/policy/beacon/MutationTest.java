package io.attestgate.policy.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.beacon.JsonMutations.Mutated;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.LightClientBootstrap;
import io.attestgate.policy.beacon.spec.LightClientUpdate;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Mainnet's messages with one difference each: all are refused, by the reader or by a named check,
 * and nothing is thrown.
 *
 * <p>Two differences provably cannot matter. The envelope may carry members besides its two, which
 * nobody reads. And nobody signs {@code signature_slot}: it only chooses the committee, by its
 * period, and the fork's version, which are the same for its neighbour.
 */
@RequiresPeer("vectors")
class MutationTest {
    private static final List<String> CANNOT_MATTER =
            List.of("$.data.signature_slot + 1", "$ with more");

    private static final List<String> TABLE = new ArrayList<>();

    /** Accepted, or refused by this name. */
    private record Judged(boolean accepted, String by) {}

    @Test
    void everyBootstrapWithADifferenceIsRefused() {
        allRefused(
                "bootstrap",
                Vectors.mainnet("bootstrap.json"),
                json ->
                        judged(
                                MainnetMessages.READER.bootstrap(json),
                                (LightClientBootstrap b) ->
                                        LightClientStore.begin(
                                                MainnetMessages.NETWORK, Vectors.MAINNET_ROOT, b)));
    }

    @Test
    void everyUpdateWithADifferenceIsRefused() {
        List<Json> updates = ((Json.Arr) Vectors.mainnet("updates.json")).elements();
        LightClientStore store = MainnetMessages.begun();
        for (int i = 0; i < updates.size(); i++) {
            LightClientStore before = store;
            allRefused("update " + (862 + i), updates.get(i), json -> judgedUpdate(before, json));
            store =
                    MainnetMessages.accepted(
                            before.process(MainnetMessages.updates().get(i), MainnetMessages.NOW));
        }
    }

    @Test
    void everyFinalityUpdateWithADifferenceIsRefused() {
        LightClientStore store = MainnetMessages.caughtUp();
        allRefused(
                "finality update",
                Vectors.mainnet("finality.json"),
                json -> judged(MainnetMessages.READER.finalityUpdate(json), process(store)));
    }

    @Test
    void everyOptimisticUpdateWithADifferenceIsRefused() {
        LightClientStore store = MainnetMessages.caughtUp();
        allRefused(
                "optimistic update",
                Vectors.mainnet("optimistic.json"),
                json -> judged(MainnetMessages.READER.optimisticUpdate(json), process(store)));
    }

    @Test
    void everyByteOfTheSpecificationsUpdatesCounts() {
        for (String test : SpecVectorsTest.TESTS) {
            Path folder = Vectors.spec(test);
            LightClientStore store = SpecVectorsTest.begun(folder);
            SpecStep first = SpecStep.read(folder.resolve("steps.yaml")).getFirst();
            byte[] honest = SpecVectorsTest.ssz(folder, first.update());
            LightClientUpdate right = read(honest).toOptional().orElseThrow();
            Map<String, Integer> byName = new TreeMap<>();
            for (int at = 0; at < honest.length; at++) {
                byte[] bytes = honest.clone();
                bytes[at] ^= (byte) (1 << at % Byte.SIZE);
                Judged judged =
                        judged(read(bytes), update -> store.process(update, first.currentSlot()));
                byName.merge(judged.by(), 1, Integer::sum);
                if (judged.accepted()) {
                    assertThat(read(bytes).toOptional().map(u -> signedAt(u, right)))
                            .contains(right);
                }
            }
            TABLE.add(
                    "light client: %s: 1 right, %d of %d bytes flipped refused %s"
                            .formatted(
                                    test,
                                    honest.length - byName.getOrDefault("ACCEPTED", 0),
                                    honest.length,
                                    byName));
        }
    }

    private static Parsed<LightClientUpdate> read(byte[] ssz) {
        return SpecVectorsTest.READER.update(Fork.DENEB, ssz);
    }

    /** With the signature slot of the other, if both choose one committee. */
    private static LightClientUpdate signedAt(LightClientUpdate update, LightClientUpdate right) {
        assertThat(Vectors.MINIMAL.periodAt(update.signatureSlot()))
                .isEqualTo(Vectors.MINIMAL.periodAt(right.signatureSlot()));
        return new LightClientUpdate(
                update.fork(),
                update.attested(),
                update.next(),
                update.finality(),
                update.aggregate(),
                right.signatureSlot());
    }

    /** The number of messages, and of those refused by each name. */
    @AfterAll
    static void table() {
        TABLE.forEach(System.out::println);
    }

    private static void allRefused(String message, Json honest, Function<Json, Judged> judge) {
        assertThat(judge.apply(honest).accepted()).isTrue();
        Map<String, Integer> byName = new TreeMap<>();
        List<String> accepted = new ArrayList<>();
        List<Mutated> all = JsonMutations.of(honest);
        for (Mutated one : all) {
            Judged judged = judge.apply(one.message());
            byName.merge(judged.by(), 1, Integer::sum);
            if (judged.accepted()) {
                accepted.add(one.path());
            }
        }
        TABLE.add(
                "light client: %s: 1 right, %d of %d mutations refused %s"
                        .formatted(message, all.size() - accepted.size(), all.size(), byName));
        assertThat(CANNOT_MATTER).containsAll(accepted);
    }

    private static Judged judgedUpdate(LightClientStore store, Json envelope) {
        return judged(
                MainnetMessages.READER
                        .updates(new Json.Arr(List.of(envelope)), 1)
                        .then(updates -> Parsed.good(updates.getFirst())),
                process(store));
    }

    private static Function<LightClientUpdate, Outcome> process(LightClientStore store) {
        return update -> store.process(update, MainnetMessages.NOW);
    }

    private static <T> Judged judged(Parsed<T> parsed, Function<T, Outcome> judge) {
        return switch (parsed) {
            case Parsed.Bad<T> bad -> new Judged(false, "MALFORMED");
            case Parsed.Good<T> good ->
                    switch (judge.apply(good.value())) {
                        case Outcome.Accepted accepted -> new Judged(true, "ACCEPTED");
                        case Outcome.Refused refused ->
                                new Judged(false, refused.refusal().check().name());
                    };
        };
    }
}
