package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * PCRs as somebody read them, by bank and number; a quote says whether they are right.
 *
 * @param banks each value of its bank's length; numbers below 32
 */
public record PcrValues(Map<TpmHash, SortedMap<Integer, Octets>> banks) {
    private static final int PCRS_MAX = 32;
    private static final int HEX_DIGITS_MAX = 128;

    public PcrValues {
        Map<TpmHash, SortedMap<Integer, Octets>> copy = new EnumMap<>(TpmHash.class);
        banks.forEach((bank, values) -> copy.put(bank, new TreeMap<>(values)));
        banks = java.util.Collections.unmodifiableMap(copy);
    }

    /** One bank. */
    public static PcrValues of(TpmHash bank, Map<Integer, Octets> values) {
        return new PcrValues(Map.of(bank, new TreeMap<>(values)));
    }

    /** That value, if it was read. */
    Optional<Octets> value(TpmHash bank, int pcr) {
        return Optional.ofNullable(banks.get(bank)).map(values -> values.get(pcr));
    }

    /** The banks of evidence: {@code {"sha256": {"0": base64url, …}}}. */
    static PcrValues read(String path, Json json) throws MalformedException {
        Map<TpmHash, SortedMap<Integer, Octets>> banks = new EnumMap<>(TpmHash.class);
        for (Map.Entry<String, Json> member : members(path, json).entrySet()) {
            TpmHash bank =
                    TpmHash.parse(member.getKey())
                            .orElseThrow(
                                    () ->
                                            new MalformedException(
                                                    Fault.quoted(
                                                            path,
                                                            member.getKey(),
                                                            "sha256 or sha384")));
            banks.put(bank, bank(path + "." + bank.spelling(), bank, member.getValue()));
        }
        return new PcrValues(banks);
    }

    private static SortedMap<Integer, Octets> bank(String path, TpmHash bank, Json json)
            throws MalformedException {
        SortedMap<Integer, Octets> values = new TreeMap<>();
        for (Map.Entry<String, Json> member : members(path, json).entrySet()) {
            Octets value =
                    Optional.of(member.getValue())
                            .filter(Json.Text.class::isInstance)
                            .flatMap(text -> Base64Url.parse(((Json.Text) text).value()))
                            .filter(bytes -> bytes.length == bank.sizeBytes())
                            .map(Octets::of)
                            .orElseThrow(
                                    () ->
                                            new MalformedException(
                                                    Fault.quoted(
                                                            path,
                                                            member.getKey(),
                                                            bank.sizeBytes()
                                                                    + " bytes in base64url")));
            values.put(number(path, member.getKey()), value);
        }
        return values;
    }

    private static int number(String path, String text) throws MalformedException {
        for (int pcr = 0; pcr < PCRS_MAX; pcr++) {
            if (Integer.toString(pcr).equals(text)) {
                return pcr;
            }
        }
        throw new MalformedException(Fault.quoted(path, text, "a PCR's number of 0 to 31"));
    }

    private static Map<String, Json> members(String path, Json json) throws MalformedException {
        if (json instanceof Json.Obj object) {
            return object.members();
        }
        throw new MalformedException(path, json.kind(), "an object");
    }

    /** A file of one bank, as tools write it: an array of values in hexadecimal from PCR 0 on. */
    static PcrValues readArray(Json json) throws MalformedException {
        if (!(json instanceof Json.Arr array) || array.elements().size() > PCRS_MAX) {
            throw new MalformedException("PCRs", json.kind(), "an array of at most 32 values");
        }
        List<Octets> values = new ArrayList<>();
        for (Json element : array.elements()) {
            values.add(hex("PCRs[" + values.size() + "]", element));
        }
        SortedMap<Integer, Octets> bank = new TreeMap<>();
        for (Octets value : values) {
            bank.put(bank.size(), value);
        }
        int sizeBytes = values.isEmpty() ? 0 : values.getFirst().size();
        for (TpmHash hash : TpmHash.values()) {
            if (values.stream().allMatch(value -> value.size() == hash.sizeBytes())) {
                return of(hash, bank);
            }
        }
        throw new MalformedException(
                "PCRs", sizeBytes + " bytes", "32 bytes each of SHA-256, or 48 of SHA-384");
    }

    private static Octets hex(String path, Json json) throws MalformedException {
        if (!(json instanceof Json.Text text) || text.value().length() > HEX_DIGITS_MAX) {
            throw new MalformedException(path, json.kind(), "a value in hexadecimal");
        }
        try {
            return Octets.of(HexFormat.of().parseHex(text.value()));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(Fault.quoted(path, text.value(), "hexadecimal"));
        }
    }

    Json toJson() {
        Map<String, Json> all = new LinkedHashMap<>();
        banks.forEach(
                (bank, values) -> {
                    Map<String, Json> one = new LinkedHashMap<>();
                    values.forEach(
                            (pcr, value) ->
                                    one.put(
                                            Integer.toString(pcr),
                                            new Json.Text(Base64Url.write(value.bytes()))));
                    all.put(bank.spelling(), new Json.Obj(one));
                });
        return new Json.Obj(all);
    }
}
