package io.attestgate.policy.finality;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.ExecutionHeader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Believes what the sync committee signed and a quorum of endpoints says too: the same hash at the
 * same number.
 *
 * <p>The two seldom stand at one height. So what the light client gave is remembered until the
 * quorum's finality has reached it, and the quorum is asked for its block of that number. One
 * thread.
 */
public final class BothFinality implements FinalitySource {
    /** More finalised blocks than the quorum is ever behind: an hour and a half of epochs. */
    private static final int REMEMBERED_MAX = 16;

    private final QuorumFinality quorum;
    private final FinalitySource lightClient;
    private final TreeMap<Long, FinalisedHeader> unconfirmed = new TreeMap<>();
    private @Nullable FinalisedHeader newest;

    /** Both are closed with this. */
    public BothFinality(QuorumFinality quorum, FinalitySource lightClient) {
        this.quorum = quorum;
        this.lightClient = lightClient;
    }

    @Override
    public FinalisedHeader newest() throws PolicyReadException {
        FinalisedHeader signed = lightClient.newest();
        FinalisedHeader told = quorum.newest();
        remember(signed);
        Map.Entry<Long, FinalisedHeader> candidate = unconfirmed.floorEntry(told.header().number());
        if (candidate != null) {
            FinalisedHeader confirmed = candidate.getValue();
            String byQuorum = quorum.justify(confirmed.header());
            newest =
                    new FinalisedHeader(
                            confirmed.header(), confirmed.justification() + "; " + byQuorum);
            unconfirmed.headMap(candidate.getKey(), true).clear();
        }
        if (newest == null) {
            throw HeaderCalls.refused(
                    Failure.NO_QUORUM,
                    "finalised block of the endpoints",
                    Long.toString(told.header().number()),
                    "%d of the light client or later".formatted(signed.header().number()));
        }
        return newest;
    }

    /** What the committee attested and the endpoints name at their tip, if that is one block. */
    @Override
    public Optional<ExecutionHeader> early() throws PolicyReadException {
        Optional<ExecutionHeader> signed = lightClient.early();
        FinalisedHeader before = newest;
        if (signed.isEmpty()
                || before == null
                || signed.get().number() <= before.header().number()) {
            return Optional.empty();
        }
        return quorum.isNamedAtTheTip(signed.get()) ? signed : Optional.empty();
    }

    @Override
    public void close() {
        quorum.close();
        lightClient.close();
    }

    private void remember(FinalisedHeader signed) {
        long number = signed.header().number();
        if (newest == null || number > newest.header().number()) {
            unconfirmed.put(number, signed);
        }
        if (unconfirmed.size() > REMEMBERED_MAX) {
            unconfirmed.pollFirstEntry();
        }
    }
}
