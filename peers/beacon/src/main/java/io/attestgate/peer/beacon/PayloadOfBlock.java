package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.ExecutionPayloadHeader;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.math.BigInteger;

/** Makes the payload header of a beacon block from an execution block as an endpoint tells it. */
final class PayloadOfBlock {
    private final Json.Obj block;

    private PayloadOfBlock(Json.Obj block) {
        this.block = block;
    }

    /** Of a block that {@code eth_getBlockByNumber} gave, which is not checked. */
    static ExecutionPayloadHeader of(Json.Obj block) {
        return new PayloadOfBlock(block).header();
    }

    private ExecutionPayloadHeader header() {
        return new ExecutionPayloadHeader(
                hash("parentHash"),
                Address.of(bytes("miner")),
                hash("stateRoot"),
                hash("receiptsRoot"),
                ByteString.of(bytes("logsBloom")),
                hash("mixHash"),
                number("number"),
                number("gasLimit"),
                number("gasUsed"),
                number("timestamp"),
                ByteString.of(bytes("extraData")),
                ByteString.of(littleEndian(quantity("baseFeePerGas"))),
                hash("hash"),
                hash("transactionsRoot"),
                hash("withdrawalsRoot"),
                number("blobGasUsed"),
                number("excessBlobGas"));
    }

    private Hash32 hash(String name) {
        return Hash32.of(bytes(name));
    }

    private byte[] bytes(String name) {
        return Hex.parse(text(name)).orElseThrow();
    }

    private long number(String name) {
        return quantity(name).longValueExact();
    }

    private BigInteger quantity(String name) {
        return new BigInteger(text(name).substring(2), 16);
    }

    private String text(String name) {
        return block.get(name)
                .filter(Json.Text.class::isInstance)
                .map(text -> ((Json.Text) text).value())
                .orElseThrow(() -> new IllegalStateException("block: no %s".formatted(name)));
    }

    private static byte[] littleEndian(BigInteger value) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = value.shiftRight(Byte.SIZE * i).byteValue();
        }
        return bytes;
    }
}
