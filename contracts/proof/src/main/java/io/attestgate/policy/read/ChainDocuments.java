package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Documents as contract code: the byte 0 and the document.
 *
 * @param endpoints any of which may give it
 * @param block at which
 * @param listener is told how it goes on
 */
record ChainDocuments(ProofEndpoints endpoints, ExecutionHeader block, ReadingListener listener)
        implements Documents {

    @Override
    public Map<Hash32, StoredDocument> find(Map<Hash32, Address> wanted)
            throws PolicyReadException {
        List<Hash32> hashes = wanted.keySet().stream().sorted().toList();
        Map<Hash32, StoredDocument> found = new HashMap<>();
        for (int from = 0; from < hashes.size(); from += JsonRpc.BATCH_CALLS_MAX) {
            int to = Math.min(hashes.size(), from + JsonRpc.BATCH_CALLS_MAX);
            List<Hash32> some = hashes.subList(from, to);
            found.putAll(endpoints.ask(rpc -> fetch(rpc, some, wanted)));
            listener.proven(ReadingListener.Part.DOCUMENTS, found.size(), hashes.size());
        }
        return found;
    }

    private Map<Hash32, StoredDocument> fetch(
            JsonRpc rpc, List<Hash32> hashes, Map<Hash32, Address> places)
            throws PolicyReadException {
        List<RpcCall> calls = new ArrayList<>();
        for (Hash32 hash : hashes) {
            Address at = places.getOrDefault(hash, Address.ZERO);
            Json pin = Answers.pin(block);
            calls.add(RpcCall.of("eth_getCode", new Json.Text(at.toString()), pin));
        }
        List<Json> codes = Answers.all(rpc, calls);
        Map<Hash32, StoredDocument> found = new HashMap<>();
        for (int i = 0; i < hashes.size(); i++) {
            found.put(hashes.get(i), document(hashes.get(i), codes.get(i)));
        }
        return found;
    }

    private static StoredDocument document(Hash32 hash, Json answer) throws PolicyReadException {
        byte[] code = Answers.data("eth_getCode", answer);
        byte[] bytes = code.length == 0 ? code : Arrays.copyOfRange(code, 1, code.length);
        StoredDocument document = StoredDocument.of(bytes);
        if (!document.hash().equals(hash)) {
            throw new PolicyReadException(
                    Failure.WRONG_DOCUMENT,
                    new Fault(
                                    "document",
                                    "%d bytes of hash %s".formatted(bytes.length, document.hash()),
                                    "hash " + hash)
                            .toString());
        }
        return document;
    }
}
