package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.PolicyField;
import io.attestgate.verify.evidence.PolicyPartReader;
import io.attestgate.verify.evidence.Revocation;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the member {@code snp} of a policy (docs/evidence-snp.md, policy). */
final class SnpPolicyReader implements PolicyPartReader {
    private static final int COMPONENT_MAX = 255;
    private static final Pattern ABI = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})");

    private static final Set<String> MEMBERS =
            Set.of("floors", "keys", "allowed", "required", "abi", "vmplMax", "revocation");
    private static final Set<String> FLOORS = Set.of("committed", "current", "reported", "launch");
    private static final Set<String> TCB = Set.of("bootloader", "tee", "snp", "microcode");
    private static final Set<String> TCB_TURIN =
            Set.of("fmc", "bootloader", "tee", "snp", "microcode");

    @Override
    public SnpPolicy read(PolicyField part) throws MalformedException {
        PolicyField members = part.exactly(MEMBERS);
        return new SnpPolicy(
                products(members.member("floors")),
                keys(members.member("keys")),
                members.member("allowed").constants(SnpPolicy.Permission.class),
                members.member("required").constants(SnpPolicy.Restriction.class),
                abi(members.member("abi")),
                (int) members.member("vmplMax").integer(0, SnpPolicy.VMPL_MAX),
                members.member("revocation").constant(Revocation.class));
    }

    private static Map<SnpProduct, SnpPolicy.Floors> products(PolicyField field)
            throws MalformedException {
        Map<SnpProduct, SnpPolicy.Floors> floors = new EnumMap<>(SnpProduct.class);
        for (Map.Entry<String, PolicyField> member : field.members().entrySet()) {
            SnpProduct product =
                    SnpProduct.parse(member.getKey())
                            .filter(one -> one.toString().equals(member.getKey()))
                            .orElseThrow(
                                    () -> field.unknown(member.getKey(), "Milan, Genoa or Turin"));
            floors.put(product, floors(product, member.getValue()));
        }
        return floors;
    }

    private static SnpPolicy.Floors floors(SnpProduct product, PolicyField field)
            throws MalformedException {
        PolicyField floors = field.exactly(FLOORS);
        return new SnpPolicy.Floors(
                tcb(product, floors.member("committed")),
                tcb(product, floors.member("current")),
                tcb(product, floors.member("reported")),
                tcb(product, floors.member("launch")));
    }

    private static SnpTcb tcb(SnpProduct product, PolicyField field) throws MalformedException {
        boolean turin = product == SnpProduct.TURIN;
        PolicyField tcb = field.exactly(turin ? TCB_TURIN : TCB);
        return new SnpTcb(
                turin ? component(tcb, "fmc") : 0,
                component(tcb, "bootloader"),
                component(tcb, "tee"),
                component(tcb, "snp"),
                component(tcb, "microcode"));
    }

    private static int component(PolicyField tcb, String name) throws MalformedException {
        return (int) tcb.member(name).integer(0, COMPONENT_MAX);
    }

    private static Set<String> keys(PolicyField field) throws MalformedException {
        for (PolicyField element : field.elements()) {
            String key = element.text();
            boolean provider =
                    key.startsWith(SnpPolicy.VLEK) && key.length() > SnpPolicy.VLEK.length();
            if (!key.equals(SnpPolicy.VCEK) && !provider) {
                throw element.malformed("vcek, or vlek: and a provider's id");
            }
        }
        return field.texts();
    }

    private static SnpPolicy.Abi abi(PolicyField field) throws MalformedException {
        Matcher matcher = ABI.matcher(field.text());
        if (!matcher.matches()) {
            throw field.malformed("a version such as \"1.51\"");
        }
        return new SnpPolicy.Abi(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }
}
