package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Storage as one endpoint tells it, at one block; nothing proves it.
 *
 * @param rpc the endpoint
 * @param contract whose storage
 * @param block at which
 */
record EndpointStorage(JsonRpc rpc, Address contract, BlockHeader block) implements Storage {

    @Override
    public List<Word> read(List<Hash32> slots) throws PolicyReadException {
        List<RpcCall> calls = new ArrayList<>();
        for (Hash32 slot : slots) {
            calls.add(
                    RpcCall.of(
                            "eth_getStorageAt",
                            new Json.Text(contract.toString()),
                            new Json.Text(slot.toString()),
                            block.pin()));
        }
        List<Word> words = new ArrayList<>();
        for (Json answer : Answers.all(rpc, calls)) {
            words.add(new Word(Answers.hash("eth_getStorageAt", answer)));
        }
        return words;
    }
}
