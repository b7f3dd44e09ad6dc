package io.attestgate.govern;

import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the proposals of a Governor by its logs.
 *
 * <p>Logs are hints: an endpoint can leave one out, which only another endpoint shows. It cannot
 * change one, since a proposal's id is the hash of what it contains, and where it stands is asked
 * of the governor by that id.
 */
public final class Proposals {
    /** What public endpoints give in one answer. */
    private static final long RANGE_BLOCKS = 10_000;

    /** Two months of blocks of 12 s: longer than any vote and delay of this project's terms. */
    private static final long LOOK_BACK_BLOCKS = 430_000;

    private final EndpointAccess rpc;
    private final Address governor;

    public Proposals(EndpointAccess rpc, Address governor) {
        this.rpc = rpc;
        this.governor = governor;
    }

    /** The proposals of the last two months, the newest first, each with its id once. */
    public List<FoundProposal> find() throws GovernException {
        try (Endpoint endpoint = new Endpoint(rpc)) {
            long newest = endpoint.quantity("eth_blockNumber").longValueExact();
            long oldest = Math.max(0, newest - LOOK_BACK_BLOCKS);
            Map<Hash32, FoundProposal> found = new LinkedHashMap<>();
            for (long to = newest; to >= oldest; to -= RANGE_BLOCKS) {
                long from = Math.max(oldest, to - RANGE_BLOCKS + 1);
                for (FoundProposal one : inRange(endpoint, from, to).reversed()) {
                    found.putIfAbsent(one.id(), one);
                }
            }
            return new ArrayList<>(found.values());
        }
    }

    /** The proposal of that id, if a log tells of it. */
    public Optional<FoundProposal> find(Hash32 id) throws GovernException {
        return find().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private List<FoundProposal> inRange(Endpoint endpoint, long from, long to)
            throws GovernException {
        Json answer =
                endpoint.ask(
                        "eth_getLogs",
                        Json.object(
                                "address",
                                governor.toString(),
                                "topics",
                                Json.Arr.of(List.of(ProposalLog.TOPIC.toString())),
                                "fromBlock",
                                "0x" + Long.toHexString(from),
                                "toBlock",
                                "0x" + Long.toHexString(to)));
        if (!(answer instanceof Json.Arr logs)) {
            throw new GovernException(
                    Cause.ENDPOINT,
                    "%s: eth_getLogs: %s (expected: an array)".formatted(rpc.uri(), answer.kind()));
        }
        List<FoundProposal> found = new ArrayList<>();
        for (Json log : logs.elements()) {
            if (log instanceof Json.Obj members && isOurs(members)) {
                long block = block(members);
                Endpoint.text(members, "data")
                        .flatMap(Hex::parse)
                        .flatMap(data -> ProposalLog.read(data, block))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** Endpoints have been seen to give more than was asked for. */
    private boolean isOurs(Json.Obj log) {
        return Endpoint.text(log, "address").equals(Optional.of(governor.toString()))
                && log.get("topics").orElse(null) instanceof Json.Arr topics
                && topics.elements().equals(List.of(new Json.Text(ProposalLog.TOPIC.toString())));
    }

    private static long block(Json.Obj log) {
        return Endpoint.text(log, "blockNumber")
                .filter(text -> text.matches("0x[0-9a-f]{1,15}"))
                .map(text -> new BigInteger(text.substring(2), 16).longValueExact())
                .orElse(0L);
    }
}
