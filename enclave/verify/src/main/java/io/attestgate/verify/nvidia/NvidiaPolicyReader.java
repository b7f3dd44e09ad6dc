package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.PolicyField;
import io.attestgate.verify.evidence.PolicyPartReader;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.wire.Hash32;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the member {@code nvidia} of a policy (docs/evidence-nvidia.md, policy). */
final class NvidiaPolicyReader implements PolicyPartReader {
    private static final Set<String> MEMBERS =
            Set.of(
                    "deviceRoots",
                    "rimRoots",
                    "chips",
                    "modes",
                    "count",
                    "fwid",
                    "ocsp",
                    "drivers",
                    "vbios");
    private static final Pattern CHIP = Pattern.compile("G[HB][0-9A-Z]{3}");
    private static final Pattern BOARD =
            Pattern.compile("[0-9A-Za-z-]{1,16}(?:_[0-9A-Za-z-]{1,16}){2}");

    @Override
    public NvidiaPolicy read(PolicyField part) throws MalformedException {
        PolicyField members = part.exactly(MEMBERS);
        return new NvidiaPolicy(
                roots(members.member("deviceRoots")),
                roots(members.member("rimRoots")),
                chips(members.member("chips")),
                members.member("modes").constants(Mode.class),
                (int) members.member("count").integer(1, NvidiaPolicy.COUNT_MAX),
                members.member("fwid").constant(NvidiaPolicy.Fwid.class),
                members.member("ocsp").constant(Revocation.class),
                drivers(members.member("drivers")),
                vbios(members.member("vbios")));
    }

    private static Set<Hash32> roots(PolicyField field) throws MalformedException {
        Set<Hash32> roots = new HashSet<>();
        for (PolicyField element : field.elements()) {
            roots.add(element.hash(Verifier.NAMED_ROOTS));
        }
        if (roots.isEmpty()) {
            throw field.malformed("an array of at least one root");
        }
        return roots;
    }

    private static Set<String> chips(PolicyField field) throws MalformedException {
        for (PolicyField element : field.elements()) {
            if (!CHIP.matcher(element.text()).matches()) {
                throw element.malformed("GPUs of Hopper or Blackwell, such as GH100, GB100");
            }
        }
        return field.texts();
    }

    private static Map<String, Version> drivers(PolicyField field) throws MalformedException {
        Map<String, Version> floors = new HashMap<>();
        for (Map.Entry<String, PolicyField> member : field.members().entrySet()) {
            Version floor =
                    Version.driver(member.getValue().text())
                            .filter(version -> version.branch().equals(member.getKey()))
                            .orElseThrow(
                                    () ->
                                            member.getValue()
                                                    .malformed(
                                                            "a version of branch "
                                                                    + member.getKey()));
            floors.put(member.getKey(), floor);
        }
        return floors;
    }

    private static Map<String, Version> vbios(PolicyField field) throws MalformedException {
        Map<String, Version> floors = new HashMap<>();
        for (Map.Entry<String, PolicyField> member : field.members().entrySet()) {
            if (!BOARD.matcher(member.getKey()).matches()) {
                throw field.unknown(member.getKey(), "a board named as 1010_0200_882 is");
            }
            floors.put(
                    member.getKey(),
                    Version.vbios(member.getValue().text())
                            .orElseThrow(
                                    () ->
                                            member.getValue()
                                                    .malformed("a version as 96.00.9F.00.01 is")));
        }
        return floors;
    }
}
