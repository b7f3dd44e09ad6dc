package io.attestgate.policy.proof;

import io.attestgate.policy.proof.StateProof.SlotProof;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** The JSON of {@link StateProof}. */
final class StateProofJson {
    private StateProofJson() {}

    static StateProof proof(Json answer) throws Refused {
        List<SlotProof> slots = new ArrayList<>();
        for (Json slot : list("storageProof", answer, StateProof.SLOTS_MAX)) {
            slots.add(new SlotProof(word("key", slot), word("value", slot), nodes("proof", slot)));
        }
        return new StateProof(nodes("accountProof", answer), slots);
    }

    private static Hash32 word(String name, Json object) throws Refused {
        return Hash32.of(Hexadecimal.word(name, member(name, object)));
    }

    private static List<byte[]> nodes(String name, Json object) throws Refused {
        List<byte[]> nodes = new ArrayList<>();
        for (Json node : list(name, object, TrieProof.NODES_MAX)) {
            nodes.add(Hexadecimal.bytes(name, node));
        }
        return nodes;
    }

    private static List<Json> list(String name, Json object, int sizeMax) throws Refused {
        Json list = member(name, object);
        if (!(list instanceof Json.Arr array) || array.elements().size() > sizeMax) {
            throw new Refused(name, list.kind(), "a list of at most " + sizeMax);
        }
        return array.elements();
    }

    private static Json member(String name, Json json) throws Refused {
        if (!(json instanceof Json.Obj object)) {
            throw new Refused(name, json.kind(), "a member of an object");
        }
        return object.get(name)
                .orElseThrow(() -> new Refused(name, "nothing", "a member of the proof"));
    }
}
