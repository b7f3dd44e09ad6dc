package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyField;
import io.attestgate.verify.evidence.PolicyPartReader;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the member {@code tpm} of a policy (docs/evidence-tpm.md, policy). */
final class TpmPolicyReader implements PolicyPartReader {
    static final String CHAIN = "chain:";
    static final String HARDWARE = "hardware";
    static final String NAME = "name:";
    static final String SPKI = "spki:";

    private static final Set<String> MEMBERS =
            Set.of(
                    "keys",
                    "activated",
                    "pcrs",
                    "clock",
                    "firmwareVersions",
                    "replayed",
                    "revocation");
    private static final Set<String> PCRS = Set.of("bank", "selection", "values");
    private static final Set<String> CLOCK = Set.of("safe", "resetCount", "restartCount");
    private static final Json ANY = new Json.Text("any");
    private static final long COUNT_MAX = 0xffff_ffffL;

    @Override
    public TpmPolicy read(PolicyField part) throws MalformedException {
        PolicyField members = part.exactly(MEMBERS);
        return new TpmPolicy(
                keys(members.member("keys"), activated(members.member("activated"))),
                pcrs(members.member("pcrs").exactly(PCRS)),
                clock(members.member("clock").exactly(CLOCK)),
                firmwareVersions(members.member("firmwareVersions")),
                numbers(members.member("replayed")),
                members.member("revocation").constant(Revocation.class));
    }

    private static TpmPolicy.KeyRule keys(PolicyField field, Map<Octets, Octets> activated)
            throws MalformedException {
        Set<Hash32> roots = new HashSet<>();
        Set<Octets> names = new HashSet<>();
        Set<Hash32> spkis = new HashSet<>();
        boolean hardware = false;
        for (PolicyField key : field.elements()) {
            String text = key.text();
            boolean added =
                    text.startsWith(CHAIN)
                            ? roots.add(rest(key, CHAIN).hash(Verifier.NAMED_ROOTS))
                            : text.startsWith(NAME)
                                    ? names.add(name(rest(key, NAME)))
                                    : text.startsWith(SPKI)
                                            ? spkis.add(rest(key, SPKI).hash(Map.of()))
                                            : text.equals(HARDWARE) && !hardware;
            if (!added) {
                throw key.malformed("hardware, chain:<root>, name:<Name> or spki:<hash>, once");
            }
            hardware |= text.equals(HARDWARE);
        }
        return new TpmPolicy.KeyRule(roots, hardware, names, spkis, activated);
    }

    private static PolicyField rest(PolicyField field, String prefix) throws MalformedException {
        return new PolicyField(
                field.path(), new Json.Text(field.text().substring(prefix.length())));
    }

    private static Map<Octets, Octets> activated(PolicyField field) throws MalformedException {
        Map<Octets, Octets> activated = new HashMap<>();
        for (Map.Entry<String, PolicyField> member : field.members().entrySet()) {
            PolicyField key = new PolicyField(field.path(), new Json.Text(member.getKey()));
            activated.put(name(key), name(member.getValue()));
        }
        return activated;
    }

    /** A hash function's id and its digest (TPM 2.0 Part 1 §16). */
    private static Octets name(PolicyField field) throws MalformedException {
        return Hex.parse(field.text())
                .map(Octets::of)
                .filter(TpmPolicyReader::isName)
                .orElseThrow(() -> field.malformed("0x000b and 64 digits, or 0x000c and 96"));
    }

    private static boolean isName(Octets name) {
        return name.size() > Short.BYTES
                && TpmHash.of(name.at(0) << Byte.SIZE | name.at(1))
                        .filter(hash -> name.size() == Short.BYTES + hash.sizeBytes())
                        .isPresent();
    }

    private static TpmPolicy.PcrRule pcrs(PolicyField fields) throws MalformedException {
        TpmHash bank = fields.member("bank").constant(TpmHash.class);
        SortedSet<Integer> selection = numbers(fields.member("selection"));
        if (selection.isEmpty()) {
            throw fields.member("selection").malformed("at least one PCR");
        }
        Map<Integer, Set<Octets>> values = new HashMap<>();
        PolicyField named = fields.member("values");
        for (Map.Entry<String, PolicyField> member : named.members().entrySet()) {
            Integer pcr =
                    selection.stream()
                            .filter(one -> one.toString().equals(member.getKey()))
                            .findFirst()
                            .orElseThrow(
                                    () -> named.unknown(member.getKey(), "a PCR of the selection"));
            values.put(pcr, values(member.getValue(), bank));
        }
        return new TpmPolicy.PcrRule(PcrSelection.of(bank, selection), values);
    }

    private static Set<Octets> values(PolicyField field, TpmHash bank) throws MalformedException {
        Set<Octets> values = new HashSet<>();
        for (PolicyField element : field.elements()) {
            values.add(octets(element, bank.sizeBytes()));
        }
        return values;
    }

    private static Octets octets(PolicyField field, int sizeBytes) throws MalformedException {
        return Hex.parse(field.text())
                .filter(bytes -> bytes.length == sizeBytes)
                .map(Octets::of)
                .orElseThrow(() -> field.malformed("0x and %d digits".formatted(2 * sizeBytes)));
    }

    private static SortedSet<Integer> numbers(PolicyField field) throws MalformedException {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (PolicyField element : field.elements()) {
            if (!numbers.add((int) element.integer(0, PcrSelection.PCRS - 1))) {
                throw element.malformed("each PCR once");
            }
        }
        return numbers;
    }

    private static TpmPolicy.ClockRule clock(PolicyField fields) throws MalformedException {
        return new TpmPolicy.ClockRule(
                safe(fields.member("safe")),
                count(fields.member("resetCount")),
                count(fields.member("restartCount")));
    }

    private static boolean safe(PolicyField field) throws MalformedException {
        if (field.json().equals(ANY)) {
            return false;
        }
        if (!field.json().equals(new Json.Text("required"))) {
            throw field.malformed("\"required\" or \"any\"");
        }
        return true;
    }

    private static OptionalLong count(PolicyField field) throws MalformedException {
        return field.json().equals(ANY)
                ? OptionalLong.empty()
                : OptionalLong.of(field.integer(0, COUNT_MAX));
    }

    private static Optional<Set<Octets>> firmwareVersions(PolicyField field)
            throws MalformedException {
        if (field.json().equals(ANY)) {
            return Optional.empty();
        }
        Set<Octets> versions = new HashSet<>();
        for (PolicyField element : field.elements()) {
            versions.add(octets(element, Long.BYTES));
        }
        return Optional.of(versions);
    }
}
