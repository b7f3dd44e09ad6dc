package io.attestgate.policy.finality;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.endpoint.Endpoint;
import io.attestgate.policy.endpoint.Endpoints;
import io.attestgate.policy.finality.Gathering.Gathered;
import io.attestgate.policy.finality.HeaderCalls.Keyed;
import io.attestgate.policy.finality.HeaderCalls.Tag;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Believes what k of n endpoints say of finality, told apart by their TLS keys.
 *
 * <p>How it decides:
 *
 * <ol>
 *   <li>Each endpoint is asked for its chain and its finalised block, all at once. An answer counts
 *       if the header's fields make its hash and the chain is ours. It is the voice of the key that
 *       the TLS connection presented: two URLs of one key are one voice.
 *   <li>A key that names another block than it named before for a number, or goes back, loses its
 *       voice and is refused by name.
 *   <li>Endpoints stand at different heights, and each says with its finalised block that all below
 *       it is final. So of the heights that were named, from the newest down, those at which k
 *       voices say finality are tried: each is asked for its block of that number. The first height
 *       at which k name one hash is the answer.
 *   <li>Who names another hash is no proven liar, since nobody knows which is the chain; who said
 *       what is counted and kept for people.
 * </ol>
 *
 * One thread; {@link #disagreements} is for any.
 */
public final class QuorumFinality implements FinalitySource {
    /** More heights than honest endpoints stand at: those of nodes of two epochs, and a liar's. */
    private static final int HEIGHTS_MAX = 4;

    private final Endpoints endpoints;
    private final int quorum;
    private final HeaderCalls calls;
    private final Gathering gathering = new Gathering();
    private final Sayings sayings = new Sayings();
    private final Disagreements disagreements = new Disagreements();

    private @Nullable FinalisedHeader newest;
    private List<Voice> voices = List.of();

    /**
     * @param endpoints all of https; closed by who opened them
     * @param quorum how many keys must agree, at most as many as there are endpoints
     * @param chainId that all must have
     */
    public QuorumFinality(Endpoints endpoints, int quorum, long chainId) {
        if (quorum < 1 || quorum > endpoints.size()) {
            throw new IllegalArgumentException(
                    "quorum: %d (expected: 1 to %d)".formatted(quorum, endpoints.size()));
        }
        this.endpoints = endpoints;
        this.quorum = quorum;
        this.calls = new HeaderCalls(chainId);
    }

    /** The newest block that a quorum calls final; the one before again where that is older. */
    @Override
    public FinalisedHeader newest() throws PolicyReadException {
        voices = heldToTheirWord(round(Tag.FINALIZED));
        Tally tally = agreement(voices, true);
        ExecutionHeader header = tally.agreed(quorum).orElseThrow();
        FinalisedHeader before = newest;
        if (before != null && header.number() <= before.header().number()) {
            requireSame(before.header(), header);
            return before;
        }
        FinalisedHeader found = new FinalisedHeader(header, justification(tally, header));
        newest = found;
        return found;
    }

    /** At the tip chains fork by themselves, so endpoints that disagree there say nothing yet. */
    @Override
    public Optional<ExecutionHeader> early() throws PolicyReadException {
        FinalisedHeader before = newest;
        if (before == null) {
            return Optional.empty();
        }
        try {
            Tally tally = agreement(oneVoiceEach(round(Tag.LATEST).voices()), false);
            return tally.agreed(quorum).filter(h -> h.number() > before.header().number());
        } catch (PolicyReadException e) {
            if (e.failure() == Failure.DISAGREEMENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * How {@code claimed}, of no greater number than {@link #newest}, is final by the same quorum.
     *
     * @throws PolicyReadException if it is not
     */
    String justify(ExecutionHeader claimed) throws PolicyReadException {
        Tally tally = at(claimed.number(), voices, true);
        Optional<ExecutionHeader> agreed = tally.agreed(quorum);
        if (agreed.isEmpty() && !tally.contradicts(claimed.hash())) {
            throw HeaderCalls.refused(
                    Failure.NO_QUORUM,
                    "block " + claimed.number(),
                    "\"%s\"".formatted(tally.whoSaidWhat()),
                    claimed.hash() + " by " + quorum);
        }
        if (agreed.filter(h -> h.hash().equals(claimed.hash())).isEmpty()) {
            disagreements.add("block %d: %s".formatted(tally.number(), tally.whoSaidWhat()));
            throw HeaderCalls.refused(
                    Failure.DISAGREEMENT,
                    "block " + claimed.number(),
                    tally.whoSaidWhat(),
                    claimed.hash() + " by " + quorum);
        }
        return justification(tally, claimed);
    }

    /** Whether a quorum has reached this block, final or not, and names it at its number. */
    boolean isNamedAtTheTip(ExecutionHeader claimed) throws PolicyReadException {
        List<Voice> spoken = oneVoiceEach(round(Tag.LATEST).voices());
        return at(claimed.number(), spoken, false)
                .agreed(quorum)
                .filter(header -> header.hash().equals(claimed.hash()))
                .isPresent();
    }

    /** How often endpoints disagreed. */
    public Disagreements disagreements() {
        return disagreements;
    }

    /** Ends what runs; the endpoints are closed by who opened them. */
    @Override
    public void close() {
        gathering.close();
    }

    private Gathered round(Tag tag) throws PolicyReadException {
        Gathered gathered =
                gathering.gather(
                        voters(),
                        endpoint -> endpoint.ask(rpc -> voice(endpoint, calls.newest(rpc, tag))),
                        answered -> oneVoiceEach(answered).size() >= quorum);
        if (oneVoiceEach(gathered.voices()).size() < quorum) {
            throw tooFew(gathered);
        }
        return gathered;
    }

    /** Those that rest are asked only if the others are too few. */
    private List<Endpoint> voters() throws PolicyReadException {
        List<Endpoint> askable = endpoints.askable();
        if (askable.isEmpty()) {
            throw endpoints.allSetAside();
        }
        List<Endpoint> awake = askable.stream().filter(e -> !e.isResting()).toList();
        return awake.size() >= quorum ? awake : askable;
    }

    private Voice voice(Endpoint endpoint, Keyed told) throws PolicyReadException {
        Hash32 key =
                told.key()
                        .orElseThrow(
                                () ->
                                        HeaderCalls.refused(
                                                Failure.MALFORMED_ANSWER,
                                                "key of " + endpoint.name(),
                                                "none",
                                                "one that TLS presents"));
        endpoint.presented(key);
        if (endpoints.isQuarantined(key)) {
            throw HeaderCalls.refused(
                    Failure.QUARANTINED,
                    "key of " + endpoint.name(),
                    key.toString(),
                    "one that is not set aside");
        }
        return new Voice(endpoint, key, told.header());
    }

    /** Drops who went back on its word; the others are one voice each. */
    private List<Voice> heldToTheirWord(Gathered gathered) throws PolicyReadException {
        Set<Hash32> liars = new LinkedHashSet<>();
        for (Voice voice : gathered.voices()) {
            if (!isWordKept(voice, gathered.refused())) {
                liars.add(voice.key());
            }
        }
        gathered.voices().removeIf(voice -> liars.contains(voice.key()));
        List<Voice> kept = new ArrayList<>();
        for (Voice voice : oneVoiceEach(gathered.voices())) {
            try {
                sayings.newest(voice.key(), voice.header());
                voice.endpoint().saidFinal(voice.header().number());
                kept.add(voice);
            } catch (PolicyReadException e) {
                endpoints.refuse(voice.key(), e);
                gathered.refused().put(voice.endpoint(), e);
            }
        }
        if (kept.size() < quorum) {
            throw tooFew(new Gathered(kept, gathered.refused()));
        }
        return kept;
    }

    private boolean isWordKept(Voice voice, Map<Endpoint, PolicyReadException> refused) {
        try {
            sayings.block(voice.key(), voice.header());
            return true;
        } catch (PolicyReadException e) {
            endpoints.refuse(voice.key(), e);
            refused.put(voice.endpoint(), e);
            return false;
        }
    }

    /** Of each key the newest block: nodes behind one key need not stand at one height. */
    private static List<Voice> oneVoiceEach(List<Voice> voices) {
        Map<Hash32, Voice> byKey = new LinkedHashMap<>();
        for (Voice voice : voices) {
            byKey.merge(
                    voice.key(),
                    voice,
                    (one, other) -> one.header().number() >= other.header().number() ? one : other);
        }
        return List.copyOf(byKey.values());
    }

    private Tally agreement(List<Voice> spoken, boolean areFinal) throws PolicyReadException {
        List<Long> heights =
                spoken.stream()
                        .map(voice -> voice.header().number())
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .filter(height -> atLeast(height, spoken).size() >= quorum)
                        .limit(HEIGHTS_MAX)
                        .toList();
        Tally first = null;
        for (long height : heights) {
            Tally tally = at(height, spoken, areFinal);
            if (!tally.isUnanimous() && areFinal) {
                disagreements.add("block %d: %s".formatted(height, tally.whoSaidWhat()));
            }
            if (tally.agreed(quorum).isPresent()) {
                return tally;
            }
            first = first == null ? tally : first;
        }
        if (first == null) {
            throw new AssertionError("heights: none (expected: a quorum's)");
        }
        throw first.disagreement(quorum);
    }

    /** What every voice that reaches this height names there. */
    private Tally at(long height, List<Voice> spoken, boolean areFinal) throws PolicyReadException {
        List<Voice> there = new ArrayList<>();
        Map<Endpoint, Voice> above = new LinkedHashMap<>();
        for (Voice voice : atLeast(height, spoken)) {
            if (endpoints.isQuarantined(voice.key())) {
                continue; // It lied about a greater height of this very round.
            }
            if (voice.header().number() == height) {
                there.add(voice);
            } else {
                above.put(voice.endpoint(), voice);
            }
        }
        Gathered more =
                gathering.gather(
                        List.copyOf(above.keySet()),
                        endpoint -> endpoint.ask(rpc -> voice(endpoint, calls.at(rpc, height))),
                        answered -> there.size() + answered.size() >= quorum);
        for (Voice voice : more.voices()) {
            Voice newestOfIt = above.get(voice.endpoint());
            if (newestOfIt != null
                    && newestOfIt.key().equals(voice.key())
                    && (!areFinal || isWordKept(voice, more.refused()))) {
                there.add(voice);
            }
        }
        return Tally.of(height, there);
    }

    private static List<Voice> atLeast(long height, List<Voice> spoken) {
        return spoken.stream().filter(voice -> voice.header().number() >= height).toList();
    }

    private static void requireSame(ExecutionHeader before, ExecutionHeader now)
            throws PolicyReadException {
        if (before.number() == now.number() && !before.hash().equals(now.hash())) {
            throw HeaderCalls.refused(
                    Failure.FORKED_HEAD,
                    "hash of finalised block " + now.number(),
                    now.hash().toString(),
                    before.hash().toString());
        }
    }

    private String justification(Tally tally, ExecutionHeader header) {
        List<Voice> agreeing = tally.byHash().getOrDefault(header.hash(), List.of());
        return "%d of %d endpoints: %s"
                .formatted(agreeing.size(), endpoints.size(), Tally.names(agreeing));
    }

    /** By the one name that all failed by, if they did: it says more than that they were few. */
    private PolicyReadException tooFew(Gathered gathered) {
        String why =
                gathered.refused().entrySet().stream()
                        .map(e -> e.getKey().name() + ": " + e.getValue().getMessage())
                        .collect(Collectors.joining("; "));
        Set<Failure> names =
                gathered.refused().values().stream()
                        .map(PolicyReadException::failure)
                        .collect(Collectors.toSet());
        boolean isOne = gathered.voices().isEmpty() && names.size() == 1;
        return new PolicyReadException(
                isOne ? names.iterator().next() : Failure.NO_QUORUM,
                "endpoints: %d keys%s (expected: %d of %d)"
                        .formatted(
                                oneVoiceEach(gathered.voices()).size(),
                                why.isEmpty() ? "" : "; " + why,
                                quorum,
                                endpoints.size()));
    }
}
