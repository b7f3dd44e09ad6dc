package io.attestgate.collateral.nvidia;

import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.AnswerCache;
import io.attestgate.collateral.http.Deadline;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.FetchException.Kind;
import io.attestgate.collateral.http.Question;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.nvidia.CollateralNeeds;
import io.attestgate.verify.nvidia.GpuEvidence;
import io.attestgate.verify.nvidia.NvidiaEvidence;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What NVIDIA publishes about the GPUs of evidence: the manifests of driver and vBIOS, and whether
 * the certificates of devices and manifests still stand. Blocks; any thread.
 */
public final class NvidiaCollateral {
    private final RimService manifests;
    private final OcspService responder;
    private final AnswerCache cache;

    public NvidiaCollateral(RimService manifests, OcspService responder, AnswerCache cache) {
        this.manifests = manifests;
        this.responder = responder;
        this.cache = cache;
    }

    /** Asks for the manifests, and then for every certificate that is to be answered for. */
    public List<Answer> fetch(byte[] evidence, Trust trust, Deadline deadline)
            throws FetchException {
        NvidiaEvidence gpus = good(NvidiaEvidence.parse(evidence));
        for (GpuEvidence gpu : gpus.gpus()) {
            if (!gpu.chain().isEmpty()) {
                trust.require(gpu.chain().getLast());
            }
        }
        CollateralNeeds needs = CollateralNeeds.of(gpus);
        if (needs.manifests().isEmpty()) {
            throw new FetchException(
                    Kind.NOTHING_TO_ASK,
                    "report: without certificates (expected: its chain, which names the chip)");
        }
        List<Question> wanted = new ArrayList<>();
        for (String id : needs.manifests()) {
            wanted.add(good(manifests.rim(id, trust)));
        }
        List<Answer> answers = new ArrayList<>(deadline.all(cache, wanted));
        Set<Question> statuses = new LinkedHashSet<>(asked(needs.certificates()));
        for (Answer manifest : answers) {
            for (byte[] file : manifest.files().values()) {
                statuses.addAll(asked(good(CollateralNeeds.ofManifest(file)).certificates()));
            }
        }
        answers.addAll(deadline.all(cache, List.copyOf(statuses)));
        return answers;
    }

    private List<Question> asked(Set<CollateralNeeds.Issued> statuses) {
        return statuses.stream()
                .map(one -> responder.status(one.certificate(), one.issuer()))
                .toList();
    }

    private static <T> T good(Parsed<T> parsed) throws FetchException {
        return switch (parsed) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad ->
                    throw new FetchException(
                            Kind.NOTHING_TO_ASK, bad.faults().getFirst().toString());
        };
    }
}
