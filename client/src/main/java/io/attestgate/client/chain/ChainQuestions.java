package io.attestgate.client.chain;

import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Address;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.time.Instant;
import java.util.Optional;

/** What is asked of an Ethereum endpoint (EIP-1474), with answers in the types that they have. */
record ChainQuestions(JsonRpc rpc) {
    /** The newest block that the endpoint calls final. */
    static final String FINALIZED = "finalized";

    long chainId() throws UnreadableChain {
        return number("eth_chainId", ask("eth_chainId"));
    }

    /** The block of that number. */
    BlockFacts block(long number) throws UnreadableChain {
        BlockFacts block = block("0x" + Long.toHexString(number));
        if (block.number() != number) {
            throw new UnreadableChain(
                    new Fault("block", Long.toString(block.number()), Long.toString(number)));
        }
        return block;
    }

    /** The block of that number in hexadecimal, or of that tag. */
    BlockFacts block(String which) throws UnreadableChain {
        Json answer = ask("eth_getBlockByNumber", new Json.Text(which), new Json.Bool(false));
        String name = "block " + which;
        if (!(answer instanceof Json.Obj block)) {
            throw unreadable(name, answer, "a block");
        }
        return new BlockFacts(
                number(name, member(block, "number")),
                hash(name, member(block, "hash")),
                Instant.ofEpochSecond(number(name, member(block, "timestamp"))));
    }

    /** The code of an account at the block of that hash. */
    byte[] code(Address account, Hash32 block) throws UnreadableChain {
        return bytes("eth_getCode", ask("eth_getCode", text(account), at(block)));
    }

    /** A word of an account's storage at the block of that hash. */
    Hash32 word(Address account, Hash32 slot, Hash32 block) throws UnreadableChain {
        Json answer = ask("eth_getStorageAt", text(account), text(slot), at(block));
        return hash("eth_getStorageAt", answer);
    }

    private Json ask(String method, Json... parameters) throws UnreadableChain {
        try {
            return rpc.call(method, parameters);
        } catch (RpcException e) {
            throw new UnreadableChain(
                    Fault.quoted("rpc", String.valueOf(e.getMessage()), "an answer"), e);
        }
    }

    private static Json text(Object value) {
        return new Json.Text(value.toString());
    }

    /** A block by its hash, on the chain that the endpoint follows (EIP-1898). */
    private static Json at(Hash32 block) {
        return Json.object("blockHash", block.toString(), "requireCanonical", true);
    }

    private static Json member(Json.Obj object, String name) {
        return object.get(name).orElseGet(Json.Null::new);
    }

    private static long number(String name, Json value) throws UnreadableChain {
        if (value instanceof Json.Text(String text) && text.matches("0x[0-9a-f]{1,13}")) {
            return Long.parseLong(text.substring(2), 16);
        }
        throw unreadable(name, value, "a number of at most 52 bits in hexadecimal");
    }

    private static Hash32 hash(String name, Json value) throws UnreadableChain {
        byte[] bytes = bytes(name, value);
        if (bytes.length != Hash32.SIZE_BYTES) {
            throw unreadable(name, value, "32 bytes");
        }
        return Hash32.of(bytes);
    }

    private static byte[] bytes(String name, Json value) throws UnreadableChain {
        Optional<byte[]> bytes =
                value instanceof Json.Text(String text) ? Hex.parse(text) : Optional.empty();
        return bytes.orElseThrow(() -> unreadable(name, value, "bytes in hexadecimal"));
    }

    private static UnreadableChain unreadable(String name, Json found, String expected) {
        return new UnreadableChain(Fault.quoted(name, CanonicalJson.text(found), expected));
    }
}
