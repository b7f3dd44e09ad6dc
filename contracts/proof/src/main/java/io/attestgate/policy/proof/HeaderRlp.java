package io.attestgate.policy.proof;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A header of the execution layer in its own encoding: 15 fields since Frontier, and what later
 * forks appended (Yellow Paper §4.4; EIP-1559, 4895, 4844, 4788, 7685).
 */
final class HeaderRlp {
    /** A header has some 700 bytes; proof of authority puts its signers into one, too. */
    static final int SIZE_BYTES_MAX = 4096;

    private static final int FIELDS_MIN = 15;

    /** Room for forks to come, whose fields are hashed and not read. */
    private static final int FIELDS_MAX = 32;

    private static final int STATE_ROOT = 3;
    private static final int NUMBER = 8;
    private static final int TIMESTAMP = 11;

    /** The end of the year 9999. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    private HeaderRlp() {}

    static ExecutionHeader header(byte[] rlp) throws Refused {
        if (rlp.length > SIZE_BYTES_MAX) {
            throw new Refused("header", rlp.length + " bytes", "at most " + SIZE_BYTES_MAX);
        }
        if (!(Rlp.read(rlp) instanceof RlpItem.Sequence sequence)
                || sequence.items().size() < FIELDS_MIN
                || sequence.items().size() > FIELDS_MAX) {
            throw new Refused("header", "other items", "15 to 32 fields in a sequence");
        }
        List<RlpItem> fields = sequence.items();
        return new ExecutionHeader(
                number("number", fields.get(NUMBER), Long.MAX_VALUE),
                Hash32.of(Digests.keccak256(rlp)),
                Hash32.of(Field.bytes("stateRoot", fields.get(STATE_ROOT), Hash32.SIZE_BYTES)),
                Instant.ofEpochSecond(number("timestamp", fields.get(TIMESTAMP), SECONDS_MAX)));
    }

    private static long number(String name, RlpItem item, long max) throws Refused {
        BigInteger value = Field.number(name, item, Long.BYTES);
        if (value.compareTo(BigInteger.valueOf(max)) > 0) {
            throw new Refused(name, value.toString(), "at most " + max);
        }
        return value.longValueExact();
    }
}
