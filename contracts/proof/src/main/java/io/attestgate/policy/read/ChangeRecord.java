package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one entry of the change log: the event {@code Changed} as {@code eth_getLogs} gives it. It
 * is a hint; what counts is where replaying it leads.
 */
final class ChangeRecord {
    /** The event's signature. */
    static final Hash32 TOPIC =
            Hash32.of(
                    Digests.keccak256(
                            "Changed(uint64,uint8,bytes32,address,bytes,bytes32)"
                                    .getBytes(StandardCharsets.US_ASCII)));

    private static final int WORD_BYTES = 32;

    /** {@code actor}, where {@code value} begins, {@code head}; then the value's own length. */
    private static final int DATA_WORDS_MIN = 4;

    private static final int VALUE_AT = 3 * WORD_BYTES;

    /** No change has more than two new values. */
    private static final int VALUE_BYTES_MAX = 2 * WORD_BYTES;

    private ChangeRecord() {}

    /** The change that a log of {@code contract} tells of. */
    static HeadChain.Change parse(Json log, Address contract) throws PolicyReadException {
        if (!(log instanceof Json.Obj entry)) {
            throw Answers.malformed("log", log.kind(), "an object");
        }
        Hash32[] topics = topics(Answers.member(entry, "topics"));
        Json address = Answers.member(entry, "address");
        if (!address.equals(new Json.Text(contract.toString())) || !topics[0].equals(TOPIC)) {
            throw Answers.malformed("log", "another event", "Changed of " + contract);
        }
        byte[] data = Answers.data("data", Answers.member(entry, "data"));
        return new HeadChain.Change(
                number(topics[1], Long.MAX_VALUE),
                Math.toIntExact(number(topics[2], 255)),
                topics[3],
                value(data),
                Address.of(Arrays.copyOfRange(data, WORD_BYTES - Address.SIZE_BYTES, WORD_BYTES)));
    }

    private static Hash32[] topics(Json json) throws PolicyReadException {
        if (!(json instanceof Json.Arr array) || array.elements().size() != 4) {
            throw Answers.malformed("topics", json.kind(), "four");
        }
        List<Hash32> topics = new ArrayList<>();
        for (Json topic : array.elements()) {
            topics.add(Answers.hash("topic", topic));
        }
        return topics.toArray(Hash32[]::new);
    }

    /** The one dynamic argument, of which only the canonical encoding is read. */
    private static byte[] value(byte[] data) throws PolicyReadException {
        if (data.length < DATA_WORDS_MIN * WORD_BYTES
                || number(word(data, WORD_BYTES), VALUE_AT) != VALUE_AT) {
            throw Answers.malformed("data", data.length + " bytes", "actor, value and head");
        }
        int length = Math.toIntExact(number(word(data, VALUE_AT), VALUE_BYTES_MAX));
        int from = VALUE_AT + WORD_BYTES;
        if (length % WORD_BYTES != 0 || data.length != from + length) {
            throw Answers.malformed("value", length + " bytes", "whole words, and nothing after");
        }
        return Arrays.copyOfRange(data, from, from + length);
    }

    private static Hash32 word(byte[] data, int from) {
        return Hash32.of(Arrays.copyOfRange(data, from, from + WORD_BYTES));
    }

    private static long number(Hash32 word, long max) throws PolicyReadException {
        return new Word(word).count(max, "number in a log");
    }
}
