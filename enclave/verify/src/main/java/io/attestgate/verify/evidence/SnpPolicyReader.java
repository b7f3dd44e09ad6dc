package io.attestgate.verify.evidence;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the member {@code snp} of a policy (docs/evidence-snp.md, policy). */
final class SnpPolicyReader {
    private static final int COMPONENT_MAX = 255;
    private static final Pattern ABI = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})");

    private static final Set<String> MEMBERS =
            Set.of("floors", "keys", "allowed", "required", "abi", "vmplMax", "revocation");
    private static final Set<String> FLOORS = Set.of("committed", "current", "reported", "launch");
    private static final Set<String> TCB = Set.of("bootloader", "tee", "snp", "microcode");
    private static final Set<String> TCB_TURIN =
            Set.of("fmc", "bootloader", "tee", "snp", "microcode");

    private SnpPolicyReader() {}

    static SnpPolicy read(Json json) throws MalformedException {
        String path = "$.snp";
        Map<String, Json> members = members(path, json, MEMBERS);
        return new SnpPolicy(
                floors(path + ".floors", member(members, "floors")),
                keys(path + ".keys", member(members, "keys")),
                named(path + ".allowed", member(members, "allowed"), SnpPolicy.Permission.class),
                named(path + ".required", member(members, "required"), SnpPolicy.Restriction.class),
                abi(path + ".abi", member(members, "abi")),
                number(path + ".vmplMax", member(members, "vmplMax"), SnpPolicy.VMPL_MAX),
                revocation(path + ".revocation", member(members, "revocation")));
    }

    private static Map<SnpProduct, SnpPolicy.Floors> floors(String path, Json json)
            throws MalformedException {
        Map<SnpProduct, SnpPolicy.Floors> floors = new EnumMap<>(SnpProduct.class);
        if (!(json instanceof Json.Obj object)) {
            throw malformed(path, json, "an object of Milan, Genoa, Turin");
        }
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            SnpProduct product =
                    SnpProduct.parse(member.getKey())
                            .filter(one -> one.toString().equals(member.getKey()))
                            .orElseThrow(
                                    () ->
                                            new MalformedException(
                                                    Fault.quoted(
                                                            path,
                                                            member.getKey(),
                                                            "Milan, Genoa or Turin")));
            floors.put(product, floors(path + "." + product, product, member.getValue()));
        }
        return floors;
    }

    private static SnpPolicy.Floors floors(String path, SnpProduct product, Json json)
            throws MalformedException {
        Map<String, Json> floors = members(path, json, FLOORS);
        return new SnpPolicy.Floors(
                tcb(path + ".committed", product, member(floors, "committed")),
                tcb(path + ".current", product, member(floors, "current")),
                tcb(path + ".reported", product, member(floors, "reported")),
                tcb(path + ".launch", product, member(floors, "launch")));
    }

    private static SnpTcb tcb(String path, SnpProduct product, Json json)
            throws MalformedException {
        boolean turin = product == SnpProduct.TURIN;
        Map<String, Json> tcb = members(path, json, turin ? TCB_TURIN : TCB);
        return new SnpTcb(
                turin ? number(path + ".fmc", member(tcb, "fmc"), COMPONENT_MAX) : 0,
                number(path + ".bootloader", member(tcb, "bootloader"), COMPONENT_MAX),
                number(path + ".tee", member(tcb, "tee"), COMPONENT_MAX),
                number(path + ".snp", member(tcb, "snp"), COMPONENT_MAX),
                number(path + ".microcode", member(tcb, "microcode"), COMPONENT_MAX));
    }

    private static Set<String> keys(String path, Json json) throws MalformedException {
        Set<String> keys = new HashSet<>();
        for (String key : texts(path, json)) {
            boolean provider =
                    key.startsWith(SnpPolicy.VLEK) && key.length() > SnpPolicy.VLEK.length();
            if (!key.equals(SnpPolicy.VCEK) && !provider) {
                throw new MalformedException(
                        Fault.quoted(path, key, "vcek, or vlek: and a provider's id"));
            }
            keys.add(key);
        }
        return keys;
    }

    private static <E extends Enum<E>> Set<E> named(String path, Json json, Class<E> type)
            throws MalformedException {
        Set<E> all = EnumSet.noneOf(type);
        for (String text : texts(path, json)) {
            boolean found = false;
            for (E one : EnumSet.allOf(type)) {
                found |= spelling(one).equals(text) && all.add(one);
            }
            if (!found) {
                throw new MalformedException(Fault.quoted(path, text, spellings(type)));
            }
        }
        return all;
    }

    private static String spellings(Class<? extends Enum<?>> type) {
        StringBuilder all = new StringBuilder("each once, of");
        for (Enum<?> one : type.getEnumConstants()) {
            all.append(' ').append(spelling(one));
        }
        return all.toString();
    }

    private static String spelling(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static SnpPolicy.Abi abi(String path, Json json) throws MalformedException {
        Matcher matcher = ABI.matcher(json instanceof Json.Text text ? text.value() : "");
        if (!matcher.matches()) {
            throw malformed(path, json, "a version such as \"1.51\"");
        }
        return new SnpPolicy.Abi(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    private static SnpPolicy.Revocation revocation(String path, Json json)
            throws MalformedException {
        for (SnpPolicy.Revocation one : SnpPolicy.Revocation.values()) {
            if (json.equals(new Json.Text(spelling(one)))) {
                return one;
            }
        }
        throw malformed(path, json, "\"required\" or \"if-present\"");
    }

    private static int number(String path, Json json, int max) throws MalformedException {
        if (json instanceof Json.Int number && number.value() >= 0 && number.value() <= max) {
            return (int) number.value();
        }
        throw malformed(path, json, "an integer of 0 to " + max);
    }

    private static List<String> texts(String path, Json json) throws MalformedException {
        if (!(json instanceof Json.Arr array)) {
            throw malformed(path, json, "an array of texts");
        }
        for (Json element : array.elements()) {
            if (!(element instanceof Json.Text)) {
                throw malformed(path, element, "a text");
            }
        }
        return array.elements().stream().map(text -> ((Json.Text) text).value()).toList();
    }

    private static Map<String, Json> members(String path, Json json, Set<String> names)
            throws MalformedException {
        if (json instanceof Json.Obj object && object.members().keySet().equals(names)) {
            return object.members();
        }
        throw malformed(path, json, "an object with exactly " + names.stream().sorted().toList());
    }

    private static Json member(Map<String, Json> members, String name) {
        Json member = members.get(name);
        if (member == null) {
            throw new AssertionError("its presence was checked: " + name);
        }
        return member;
    }

    private static MalformedException malformed(String path, Json json, String expected) {
        return new MalformedException(path, json.kind(), expected);
    }
}
