package io.attestgate.policy.proof;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Blocks that a test makes up, whose hashes are right. */
public final class TestHeaders {
    private TestHeaders() {}

    /**
     * A block as an endpoint gives it.
     *
     * @param fork another text, another block
     */
    public static Json.Obj block(long number, Hash32 stateRoot, long time, String fork) {
        Map<String, Json> members = new HashMap<>();
        for (HeaderField field : HeaderField.values()) {
            if (field.compareTo(HeaderField.BASE_FEE) <= 0) {
                members.put(field.member(), new Json.Text(filling(field)));
            }
        }
        members.put("stateRoot", new Json.Text(stateRoot.toString()));
        members.put("number", quantity(number));
        members.put("timestamp", quantity(time));
        members.put("extraData", new Json.Text(Hex.write(fork.getBytes(StandardCharsets.UTF_8))));
        members.put("hash", new Json.Text(hash(members).toString()));
        return new Json.Obj(members);
    }

    /** The block with one member changed, and its hash as it was. */
    public static Json.Obj with(Json block, String member, String text) {
        Map<String, Json> members = new HashMap<>(((Json.Obj) block).members());
        members.put(member, new Json.Text(text));
        return new Json.Obj(members);
    }

    /** What a right block is read as. */
    public static ExecutionHeader read(Json block) {
        return ExecutionHeader.ofJson(block).toOptional().orElseThrow();
    }

    private static Hash32 hash(Map<String, Json> members) {
        try {
            List<byte[]> fields = new ArrayList<>();
            for (HeaderField field : HeaderField.values()) {
                if (field.compareTo(HeaderField.BASE_FEE) <= 0) {
                    fields.add(field.encode(members.getOrDefault(field.member(), quantity(0))));
                }
            }
            return Hash32.of(Digests.keccak256(Rlp.sequence(fields)));
        } catch (Refused e) {
            throw new AssertionError(e);
        }
    }

    private static String filling(HeaderField field) {
        return switch (field) {
            case BENEFICIARY -> "0x" + "00".repeat(20);
            case LOGS_BLOOM -> "0x" + "00".repeat(256);
            case NONCE -> "0x" + "00".repeat(8);
            case DIFFICULTY, NUMBER, GAS_LIMIT, GAS_USED, TIMESTAMP, BASE_FEE -> "0x0";
            case EXTRA_DATA -> "0x";
            default -> Hash32.ZERO.toString();
        };
    }

    private static Json quantity(long value) {
        return new Json.Text("0x" + Long.toHexString(value));
    }
}
