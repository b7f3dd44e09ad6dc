package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.rpc.JsonRpc;
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
 * Documents as contract code that an endpoint gives: the byte 0 and the document, whose hash alone
 * is believed.
 *
 * @param rpc the endpoint
 * @param block at which
 * @param known documents that need not be fetched
 */
record EndpointDocuments(JsonRpc rpc, BlockHeader block, Map<Hash32, StoredDocument> known)
        implements Documents {

    @Override
    public Map<Hash32, StoredDocument> find(Map<Hash32, Address> places)
            throws PolicyReadException {
        Map<Hash32, StoredDocument> found = new HashMap<>(known);
        List<Hash32> wanted =
                places.keySet().stream().filter(hash -> !known.containsKey(hash)).sorted().toList();
        List<RpcCall> calls = new ArrayList<>();
        for (Hash32 hash : wanted) {
            Address at = places.getOrDefault(hash, Address.ZERO);
            calls.add(RpcCall.of("eth_getCode", new Json.Text(at.toString()), block.pin()));
        }
        List<Json> codes = Answers.all(rpc, calls);
        for (int i = 0; i < wanted.size(); i++) {
            found.put(wanted.get(i), document(wanted.get(i), codes.get(i)));
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
