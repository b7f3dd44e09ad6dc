package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.TcbState;
import java.util.ArrayList;
import java.util.List;

/**
 * One level of a platform: who reaches each of its SVNs is in this state.
 *
 * @param sgx the SVNs of the 16 SGX components
 * @param tdx those of TDX; empty in TCB info for SGX
 */
record TcbLevel(
        List<Integer> sgx, List<Integer> tdx, int pceSvn, TcbState state, List<String> advisories) {

    static TcbLevel parse(JsonFields fields, Tee tee) throws MalformedException {
        JsonFields tcb = fields.object("tcb");
        return new TcbLevel(
                components(tcb, "sgxtcbcomponents"),
                tee == Tee.TDX ? components(tcb, "tdxtcbcomponents") : List.of(),
                tcb.number("pcesvn", PckExtension.SVN_MAX),
                TcbStatus.parse(fields, "tcbStatus"),
                fields.texts("advisoryIDs", IsvLevel.ADVISORIES_MAX));
    }

    private static List<Integer> components(JsonFields tcb, String name) throws MalformedException {
        List<JsonFields> objects = tcb.objects(name, PckExtension.COMPONENTS);
        if (objects.size() != PckExtension.COMPONENTS) {
            throw tcb.fault(name, "16 components");
        }
        List<Integer> svns = new ArrayList<>();
        for (JsonFields component : objects) {
            svns.add(component.number("svn", PckExtension.SVN_MAX));
        }
        return List.copyOf(svns);
    }

    /** QVL 4.1.2.4.17.1 and .2: each component and the PCE at least as new as the level's. */
    boolean isReachedBySgx(PckExtension platform) {
        for (int i = 0; i < sgx.size(); i++) {
            if (platform.components().get(i) < sgx.get(i)) {
                return false;
            }
        }
        return platform.pceSvn() >= pceSvn;
    }

    /**
     * QVL 4.1.2.4.17.3. The first two SVNs are the module's minor and major; where the major is not
     * zero the module has an identity of its own, which judges them.
     */
    boolean isReachedByTdx(Octets teeTcbSvn) {
        for (int i = teeTcbSvn.at(1) == 0 ? 0 : 2; i < tdx.size(); i++) {
            if (teeTcbSvn.at(i) < tdx.get(i)) {
                return false;
            }
        }
        return true;
    }
}
