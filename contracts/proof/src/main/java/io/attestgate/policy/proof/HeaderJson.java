package io.attestgate.policy.proof;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a header's own encoding of a block's JSON (execution-apis, {@code Block}).
 *
 * <p>Which fork a block is of stands nowhere in it, and endpoints name fields that its header does
 * not have. So each fork's set of fields is tried, the newest first, and the hash decides.
 */
final class HeaderJson {
    /**
     * How many of the {@link HeaderField}s a header has: Prague, Cancun, Shanghai, London, before.
     */
    private static final List<Integer> FORKS = List.of(21, 20, 17, 16, 15);

    private HeaderJson() {}

    static ExecutionHeader header(Json block) throws Refused {
        Json.Obj object = object(block);
        Optional<Json> hash = object.get("hash");
        if (hash.isEmpty()) {
            throw new Refused("hash", "nothing", "a member of the block");
        }
        return header(block, Hash32.of(Hexadecimal.bytes("hash", hash.get(), Hash32.SIZE_BYTES)));
    }

    static ExecutionHeader header(Json block, Hash32 expected) throws Refused {
        List<byte[]> fields = fields(object(block));
        for (int count : FORKS) {
            if (count <= fields.size()) {
                byte[] rlp = Rlp.sequence(fields.subList(0, count));
                if (Hash32.of(Digests.keccak256(rlp)).equals(expected)) {
                    return HeaderRlp.header(rlp);
                }
            }
        }
        throw new Refused("header", "another hash by the rules of every fork", "hash " + expected);
    }

    private static Json.Obj object(Json block) throws Refused {
        if (block instanceof Json.Obj object) {
            return object;
        }
        throw new Refused("block", block.kind(), "a block");
    }

    /** The encoded fields from the first on, up to the first that the block does not have. */
    private static List<byte[]> fields(Json.Obj block) throws Refused {
        List<byte[]> fields = new ArrayList<>();
        for (HeaderField field : HeaderField.values()) {
            Optional<Json> member =
                    block.get(field.member()).filter(value -> !(value instanceof Json.Null));
            if (member.isEmpty() && fields.size() < FORKS.getLast()) {
                throw new Refused(field.member(), "nothing", "a member of the block");
            }
            if (member.isEmpty()) {
                break;
            }
            fields.add(field.encode(member.get()));
        }
        return fields;
    }
}
