package io.attestgate.verify.tpm;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Octets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The parts of bare quotes among an auditor's files: those whose names differ in their endings
 * alone belong together (docs/evidence-tpm.md, bare quotes).
 *
 * @param sets by what their names have in common
 * @param names of all files that are parts
 * @param files how many there were, parts or not
 */
record Companions(SortedMap<String, Map<Part, Octets>> sets, Set<String> names, int files) {

    /** What a file is, by the ending of its name; the first that fits counts. */
    enum Part {
        ATTEST("tpms_attest.bin"),
        SIGNATURE("tpmt_signature.bin"),
        RSASSA_SHA384("rsassa-sha384.sig"),
        RSAPSS_SHA256("rsapss-sha256.sig"),
        RSAPSS_SHA384("rsapss-sha384.sig"),
        RSASSA_SHA256("rsassa-sha256.sig", "sig"),
        KEY("ak.spki.der", "ak.tpmt_public.bin"),
        CERTIFICATE("ak.cert.der"),
        PCRS("pcrs.json"),
        EVENT_LOG("eventlog.bin"),
        HCL("hcl.bin"),
        RUNTIME("hcl-runtime-vardata.json"),
        HARDWARE("report.bin", "quote.bin");

        private final String ending;
        private final String other;

        Part(String ending) {
            this(ending, ending);
        }

        Part(String ending, String other) {
            this.ending = ending;
            this.other = other;
        }

        /** The endings of those parts, for who must name files by them. */
        static List<String> endings(Set<Part> parts) {
            return parts.stream()
                    .flatMap(part -> Stream.of(part.ending, part.other))
                    .distinct()
                    .toList();
        }

        /** What a name has before the ending of this part, without its dot. */
        private Optional<String> stem(String name) {
            return Stream.of(ending, other)
                    .filter(end -> name.equals(end) || name.endsWith("." + end))
                    .map(end -> name.substring(0, name.length() - end.length()))
                    .map(stem -> stem.isEmpty() ? stem : stem.substring(0, stem.length() - 1))
                    .findFirst();
        }
    }

    /** Those of a bundle. */
    static Companions of(Bundle bundle) {
        SortedMap<String, Map<Part, Octets>> sets = new TreeMap<>();
        Set<String> names = new HashSet<>();
        bundle.files()
                .forEach(
                        (name, content) ->
                                Arrays.stream(Part.values())
                                        .filter(part -> part.stem(name).isPresent())
                                        .findFirst()
                                        .ifPresent(
                                                part -> {
                                                    names.add(name);
                                                    sets.computeIfAbsent(
                                                                    part.stem(name).orElseThrow(),
                                                                    stem ->
                                                                            new EnumMap<>(
                                                                                    Part.class))
                                                            .put(part, Octets.of(content));
                                                }));
        return new Companions(sets, names, bundle.files().size());
    }

    /** Sets of that quote; where none has its bytes, every set. */
    List<Map<Part, Octets>> of(Octets attest) {
        List<Map<Part, Octets>> own =
                sets.values().stream()
                        .filter(set -> Optional.of(attest).equals(attest(set)))
                        .toList();
        return own.isEmpty() ? List.copyOf(sets.values()) : own;
    }

    private static Optional<Octets> attest(Map<Part, Octets> set) {
        return Optional.ofNullable(set.get(Part.ATTEST));
    }
}
