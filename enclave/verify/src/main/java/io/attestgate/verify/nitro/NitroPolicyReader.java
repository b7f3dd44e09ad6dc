package io.attestgate.verify.nitro;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyField;
import io.attestgate.verify.evidence.PolicyPart;
import io.attestgate.verify.evidence.PolicyPartReader;
import io.attestgate.verify.evidence.Revocation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the member {@code nitro} or {@code nitro-tpm} of a policy (docs/evidence-nitro.md, policy).
 *
 * @param partOf makes the one or the other
 */
record NitroPolicyReader(Function<NitroPolicy.Accepted, PolicyPart> partOf)
        implements PolicyPartReader {
    private static final Set<String> MEMBERS = Set.of("maxAge", "revocation", "pcrs");
    private static final Pattern INDEX = Pattern.compile("[0-9]|[12][0-9]|3[01]");

    @Override
    public PolicyPart read(PolicyField part) throws MalformedException {
        PolicyField members = part.exactly(MEMBERS);
        return partOf.apply(
                new NitroPolicy.Accepted(
                        members.member("maxAge").duration(NitroPolicy.AGE_MAX),
                        members.member("revocation").constant(Revocation.class),
                        pcrs(members.member("pcrs"))));
    }

    private static Map<Integer, Set<Octets>> pcrs(PolicyField field) throws MalformedException {
        Map<Integer, Set<Octets>> pcrs = new HashMap<>();
        for (Map.Entry<String, PolicyField> member : field.members().entrySet()) {
            if (!INDEX.matcher(member.getKey()).matches()) {
                throw field.unknown(member.getKey(), "a register, \"0\" to \"31\"");
            }
            pcrs.put(Integer.valueOf(member.getKey()), values(member.getValue()));
        }
        return pcrs;
    }

    private static Set<Octets> values(PolicyField field) throws MalformedException {
        Set<Octets> values = new HashSet<>();
        for (PolicyField element : field.elements()) {
            values.add(value(element));
        }
        if (values.isEmpty()) {
            throw field.malformed("an array of at least one value");
        }
        return values;
    }

    private static Octets value(PolicyField field) throws MalformedException {
        String text = field.text();
        return JsonFields.hex(text.startsWith("0x") ? text.substring(2) : text)
                .filter(bytes -> bytes.length == Document.PCR_BYTES)
                .map(Octets::of)
                .orElseThrow(() -> field.malformed("48 bytes in hexadecimal"));
    }
}
