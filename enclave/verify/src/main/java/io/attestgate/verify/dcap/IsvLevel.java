package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.TcbState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One level of an enclave or a TDX module: from this SVN on, this is its state.
 *
 * @param advisories those that apply to it
 */
record IsvLevel(int isvSvn, TcbState state, List<String> advisories) {
    /** More than Intel keeps in any document. */
    static final int LEVELS_MAX = 256;

    static final int ADVISORIES_MAX = 256;

    static List<IsvLevel> parseAll(JsonFields parent) throws MalformedException {
        List<IsvLevel> levels = new ArrayList<>();
        for (JsonFields level : parent.objects("tcbLevels", LEVELS_MAX)) {
            levels.add(
                    new IsvLevel(
                            level.object("tcb").number("isvsvn", PckExtension.SVN_MAX),
                            TcbStatus.parse(level, "tcbStatus"),
                            level.texts("advisoryIDs", ADVISORIES_MAX)));
        }
        return List.copyOf(levels);
    }

    /** The first, and so the highest, that such an SVN reaches. */
    static Optional<IsvLevel> reached(List<IsvLevel> levels, int isvSvn) {
        return levels.stream().filter(level -> isvSvn >= level.isvSvn()).findFirst();
    }
}
