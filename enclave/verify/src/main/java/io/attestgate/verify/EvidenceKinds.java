package io.attestgate.verify;

import io.attestgate.verify.dcap.DcapKind;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.snp.SnpKind;
import java.util.List;
import java.util.Optional;

/** Every kind of hardware's evidence that this release judges. */
public final class EvidenceKinds {
    /** In the order in which they are asked whether evidence is theirs. */
    public static final List<EvidenceKind> ALL = List.of(new DcapKind(), new SnpKind());

    private EvidenceKinds() {}

    /** The kind of which that evidence is; empty if it is of none. */
    public static Optional<EvidenceKind> recognise(byte[] evidence) {
        return ALL.stream().filter(kind -> kind.isLike(evidence)).findFirst();
    }
}
