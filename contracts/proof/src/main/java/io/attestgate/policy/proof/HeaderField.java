package io.attestgate.policy.proof;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;

/** The fields of a header in the order of its encoding, by their names in JSON. */
enum HeaderField {
    PARENT_HASH("parentHash", Hash32.SIZE_BYTES),
    OMMERS_HASH("sha3Uncles", Hash32.SIZE_BYTES),
    BENEFICIARY("miner", Address.SIZE_BYTES),
    STATE_ROOT("stateRoot", Hash32.SIZE_BYTES),
    TRANSACTIONS_ROOT("transactionsRoot", Hash32.SIZE_BYTES),
    RECEIPTS_ROOT("receiptsRoot", Hash32.SIZE_BYTES),
    LOGS_BLOOM("logsBloom", 256),
    DIFFICULTY("difficulty", Form.NUMBER),
    NUMBER("number", Form.NUMBER),
    GAS_LIMIT("gasLimit", Form.NUMBER),
    GAS_USED("gasUsed", Form.NUMBER),
    TIMESTAMP("timestamp", Form.NUMBER),
    EXTRA_DATA("extraData", Form.BYTES),
    MIX_HASH("mixHash", Hash32.SIZE_BYTES),
    NONCE("nonce", Long.BYTES),
    /** EIP-1559 (London). */
    BASE_FEE("baseFeePerGas", Form.NUMBER),
    /** EIP-4895 (Shanghai). */
    WITHDRAWALS_ROOT("withdrawalsRoot", Hash32.SIZE_BYTES),
    /** EIP-4844 (Cancun). */
    BLOB_GAS_USED("blobGasUsed", Form.NUMBER),
    /** EIP-4844 (Cancun). */
    EXCESS_BLOB_GAS("excessBlobGas", Form.NUMBER),
    /** EIP-4788 (Cancun). */
    PARENT_BEACON_BLOCK_ROOT("parentBeaconBlockRoot", Hash32.SIZE_BYTES),
    /** EIP-7685 (Prague). */
    REQUESTS_HASH("requestsHash", Hash32.SIZE_BYTES);

    private final String member;
    private final int form;

    HeaderField(String member, int form) {
        this.member = member;
        this.form = form;
    }

    /** Its name in JSON. */
    String member() {
        return member;
    }

    /** Its encoding. */
    byte[] encode(Json value) throws Refused {
        return switch (form) {
            case Form.NUMBER -> Rlp.number(Hexadecimal.word(member, value));
            case Form.BYTES -> Rlp.bytes(extra(value));
            default -> Rlp.bytes(Hexadecimal.bytes(member, value, form));
        };
    }

    private byte[] extra(Json value) throws Refused {
        byte[] bytes = Hexadecimal.bytes(member, value);
        if (bytes.length > HeaderRlp.SIZE_BYTES_MAX) {
            throw new Refused(member, bytes.length + " bytes", "within the header's limit");
        }
        return bytes;
    }

    /** What a field is where it is not of one size. */
    private static final class Form {
        private Form() {}

        static final int NUMBER = 0;
        static final int BYTES = -1;
    }
}
