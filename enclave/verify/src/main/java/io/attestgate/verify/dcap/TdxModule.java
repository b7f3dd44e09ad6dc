package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import java.util.List;

/**
 * Which TDX module Intel stands for: who signed it, and its attributes under a mask.
 *
 * @param id {@code TDX_} and the major version in two hexadecimal digits; empty for version 0
 * @param levels by the module's minor version; none for version 0, whom the platform's levels judge
 */
record TdxModule(
        String id, Octets mrSigner, Octets attributes, Octets mask, List<IsvLevel> levels) {

    static TdxModule parseFirst(JsonFields fields) throws MalformedException {
        return parse("", fields, List.of());
    }

    static TdxModule parseIdentity(JsonFields fields) throws MalformedException {
        return parse(fields.text("id"), fields, IsvLevel.parseAll(fields));
    }

    private static TdxModule parse(String id, JsonFields fields, List<IsvLevel> levels)
            throws MalformedException {
        return new TdxModule(
                id,
                fields.octets("mrsigner", 48),
                fields.octets("attributes", 8),
                fields.octets("attributesMask", 8),
                levels);
    }

    boolean isThatOf(TdReport report) {
        return mrSigner.equals(report.field("mrSignerSeam"))
                && attributes.equals(report.field("seamAttributes").masked(mask));
    }
}
