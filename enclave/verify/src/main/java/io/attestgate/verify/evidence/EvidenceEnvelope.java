package io.attestgate.verify.evidence;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Claims and the evidence for them, as they travel: the exact bytes of the claims, the path to the
 * report's root, and the members of the evidence by name.
 *
 * <p>Formed, not judged: {@code io.attestgate.verify.EvidenceVerifier} says whether to believe it.
 */
public final class EvidenceEnvelope {
    public static final int VERSION = 1;

    /** Room for eight GPUs with their certificates. */
    public static final int SIZE_BYTES_MAX = 1024 * 1024;

    static final int CLAIMS_BYTES_MAX = 64 * 1024;
    static final int MEMBERS_MAX = 32;
    private static final Set<String> FIELDS = Set.of("version", "claims", "path", "evidence");
    private static final Pattern MEMBER = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final byte[] claims;
    private final List<Hash32> path;
    private final SortedMap<String, CmwRecord> evidence;

    private EvidenceEnvelope(
            byte[] claims, List<Hash32> path, SortedMap<String, CmwRecord> evidence) {
        this.claims = claims;
        this.path = path;
        this.evidence = evidence;
    }

    /**
     * @param claims the exact bytes, which are copied
     * @param path at most 16 siblings; empty if the report is for these claims alone
     * @param evidence members by name, such as {@code cpu}
     */
    public static EvidenceEnvelope of(
            byte[] claims, List<Hash32> path, Map<String, CmwRecord> evidence) {
        if (claims.length > CLAIMS_BYTES_MAX
                || path.size() > ReportData.PATH_SIBLINGS_MAX
                || evidence.size() > MEMBERS_MAX
                || !evidence.keySet().stream().allMatch(MEMBER.asMatchPredicate())) {
            throw new IllegalArgumentException(
                    "claims, path, evidence: %d bytes, %d, %s (expected: within their limits)"
                            .formatted(claims.length, path.size(), evidence.keySet()));
        }
        return new EvidenceEnvelope(
                claims.clone(),
                List.copyOf(path),
                Collections.unmodifiableSortedMap(new TreeMap<>(evidence)));
    }

    /**
     * Reads the four fields and no others; the JSON need not be canonical, the claims are bytes.
     */
    public static Parsed<EvidenceEnvelope> parse(byte[] json) {
        return JsonReader.parse(json, SIZE_BYTES_MAX).then(EvidenceEnvelope::parse);
    }

    private static Parsed<EvidenceEnvelope> parse(Json json) {
        if (!(json instanceof Json.Obj object)) {
            return bad("$", json.kind(), "object");
        }
        if (!object.members().keySet().equals(FIELDS)) {
            return bad("$", object.members().keySet().toString(), "exactly " + FIELDS);
        }
        if (!Optional.of(new Json.Int(VERSION)).equals(object.get("version"))) {
            return bad("$.version", "another", Integer.toString(VERSION));
        }
        return claims(object).then(claims -> path(object).then(path -> of(claims, path, object)));
    }

    private static Parsed<EvidenceEnvelope> of(byte[] claims, List<Hash32> path, Json.Obj object) {
        return members(object)
                .then(evidence -> Parsed.good(new EvidenceEnvelope(claims, path, evidence)));
    }

    private static Parsed<byte[]> claims(Json.Obj object) {
        return object.get("claims")
                .flatMap(EvidenceEnvelope::bytes)
                .filter(claims -> claims.length <= CLAIMS_BYTES_MAX)
                .map(Parsed::good)
                .orElseGet(() -> bad("$.claims", "another", "base64url of at most 64 KiB"));
    }

    private static Parsed<List<Hash32>> path(Json.Obj object) {
        if (!(object.get("path").orElseThrow() instanceof Json.Arr array)
                || array.elements().size() > ReportData.PATH_SIBLINGS_MAX) {
            return bad("$.path", "another", "an array of at most 16 siblings");
        }
        List<Hash32> path = new ArrayList<>();
        for (Json element : array.elements()) {
            Optional<byte[]> sibling = bytes(element).filter(b -> b.length == Hash32.SIZE_BYTES);
            if (sibling.isEmpty()) {
                return bad("$.path[" + path.size() + "]", "another", "32 bytes in base64url");
            }
            path.add(Hash32.of(sibling.get()));
        }
        return Parsed.good(List.copyOf(path));
    }

    private static Parsed<SortedMap<String, CmwRecord>> members(Json.Obj object) {
        if (!(object.get("evidence").orElseThrow() instanceof Json.Obj collection)
                || collection.members().isEmpty()
                || collection.members().size() > MEMBERS_MAX) {
            return bad("$.evidence", "another", "an object of 1 to %d".formatted(MEMBERS_MAX));
        }
        SortedMap<String, CmwRecord> members = new TreeMap<>();
        for (Map.Entry<String, Json> member : collection.members().entrySet()) {
            if (!MEMBER.matcher(member.getKey()).matches()) {
                return Parsed.bad(Fault.quoted("$.evidence", member.getKey(), "a member's name"));
            }
            switch (CmwRecord.parse("$.evidence." + member.getKey(), member.getValue())) {
                case Parsed.Good<CmwRecord> good -> members.put(member.getKey(), good.value());
                case Parsed.Bad<CmwRecord> bad -> {
                    return new Parsed.Bad<>(bad.faults());
                }
            }
        }
        return Parsed.good(Collections.unmodifiableSortedMap(members));
    }

    private static Optional<byte[]> bytes(Json json) {
        return json instanceof Json.Text text ? Base64Url.parse(text.value()) : Optional.empty();
    }

    private static <T> Parsed<T> bad(String path, String found, String expected) {
        return Parsed.bad(new Fault(path, found, expected));
    }

    /** The JSON, in its canonical form. */
    public byte[] toBytes() {
        return CanonicalJson.write(toJson());
    }

    /** The JSON as a value, for documents that carry evidence within them. */
    public Json.Obj toJson() {
        Map<String, Json> members = new LinkedHashMap<>();
        evidence.forEach((name, member) -> members.put(name, member.toJson()));
        return Json.object(
                "version",
                VERSION,
                "claims",
                Base64Url.write(claims),
                "path",
                Json.Arr.of(path.stream().map(h -> Base64Url.write(h.bytes())).toList()),
                "evidence",
                new Json.Obj(members));
    }

    /** A copy of the exact bytes that the evidence binds. */
    public byte[] claims() {
        return claims.clone();
    }

    public List<Hash32> path() {
        return path;
    }

    /** Members by name, in the order of their names. */
    public SortedMap<String, CmwRecord> evidence() {
        return evidence;
    }

    /** What the report of this envelope must carry. */
    public ReportData reportData() {
        return ReportData.of(claims, path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvidenceEnvelope that
                && Arrays.equals(claims, that.claims)
                && path.equals(that.path)
                && evidence.equals(that.evidence);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(claims) + evidence.hashCode();
    }

    @Override
    public String toString() {
        return "EvidenceEnvelope[%d bytes of claims, %s]".formatted(claims.length, evidence);
    }
}
