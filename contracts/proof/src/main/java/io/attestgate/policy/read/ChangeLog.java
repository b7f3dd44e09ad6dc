package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says which names changed between two proven points, by the change log.
 *
 * <p>Logs are hints, and nothing proves them. But replaying them from the earlier head gives the
 * later, proven head only if they are all changes there were, in order and unaltered
 * (docs/head.md); so an endpoint can withhold the log and not bend it. Without one, every name is
 * read.
 *
 * @param endpoints any of which may give it
 */
record ChangeLog(ProofEndpoints endpoints) {
    /** Beyond, reading all names costs no more. */
    static final int CHANGES_MAX = 2_000;

    /**
     * The hashes of the names that changed after {@code before} and up to {@code now}.
     *
     * @throws PolicyReadException if no endpoint gives a log that leads from one to the other
     */
    Set<Hash32> between(PolicyPoint before, PolicyPoint now) throws PolicyReadException {
        if (now.epoch() - before.epoch() > CHANGES_MAX) {
            throw falseLog("changes", Long.toString(now.epoch() - before.epoch()), "fewer");
        }
        return endpoints.ask(rpc -> replayed(before, now, fetch(rpc, before, now)));
    }

    private static List<Json> fetch(JsonRpc rpc, PolicyPoint before, PolicyPoint now)
            throws PolicyReadException {
        Json answer =
                Answers.one(
                        rpc,
                        "eth_getLogs",
                        Json.object(
                                "address",
                                now.contract().toString(),
                                "topics",
                                Json.Arr.of(List.of(ChangeRecord.TOPIC.toString())),
                                "fromBlock",
                                quantity(before.block() + 1),
                                "toBlock",
                                quantity(now.block())));
        if (answer instanceof Json.Arr logs) {
            return logs.elements();
        }
        throw Answers.malformed("eth_getLogs", answer.kind(), "an array");
    }

    private static Set<Hash32> replayed(PolicyPoint before, PolicyPoint now, List<Json> logs)
            throws PolicyReadException {
        if (logs.size() != now.epoch() - before.epoch()) {
            throw falseLog(
                    "changes", "" + logs.size(), Long.toString(now.epoch() - before.epoch()));
        }
        HeadChain chain = new HeadChain(now.chainId(), now.contract());
        Set<Hash32> names = new HashSet<>();
        Hash32 head = before.head();
        for (Json log : logs) {
            HeadChain.Change change = ChangeRecord.parse(log, now.contract());
            head = chain.next(head, change);
            names.add(change.nameHash());
        }
        if (!head.equals(now.head())) {
            throw falseLog("replayed head", head.toString(), now.head() + ", as proven");
        }
        names.remove(Hash32.ZERO);
        return names;
    }

    private static Json quantity(long number) {
        return new Json.Text("0x" + Long.toHexString(number));
    }

    private static PolicyReadException falseLog(String name, String found, String expected) {
        return new PolicyReadException(
                Failure.FALSE_LOG, new Fault(name, found, expected).toString());
    }
}
