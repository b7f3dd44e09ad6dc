package io.attestgate.policy.proof;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.util.List;

/**
 * An account as the trie of accounts holds it (Yellow Paper §4.1).
 *
 * @param nonce how many transactions it sent, or contracts it made
 * @param balance in wei
 * @param storageRoot of the trie of its slots
 * @param codeHash keccak256 of its code
 */
public record Account(BigInteger nonce, BigInteger balance, Hash32 storageRoot, Hash32 codeHash) {
    private static final int FIELDS = 4;
    private static final int SIZE_BYTES_MAX = 128;

    /** Reads the value that a trie has for an account. */
    public static Parsed<Account> parse(byte[] rlp) {
        return Refused.parsed(() -> read(rlp));
    }

    static Account read(byte[] rlp) throws Refused {
        if (rlp.length > SIZE_BYTES_MAX) {
            throw new Refused("account", rlp.length + " bytes", "at most " + SIZE_BYTES_MAX);
        }
        if (!(Rlp.read(rlp) instanceof RlpItem.Sequence(List<RlpItem> fields, byte[] encoded))
                || fields.size() != FIELDS) {
            throw new Refused("account", "other items", "a sequence of 4");
        }
        return new Account(
                Field.number("nonce", fields.get(0), Long.BYTES),
                Field.number("balance", fields.get(1), Hash32.SIZE_BYTES),
                Hash32.of(Field.bytes("storageRoot", fields.get(2), Hash32.SIZE_BYTES)),
                Hash32.of(Field.bytes("codeHash", fields.get(3), Hash32.SIZE_BYTES)));
    }
}
