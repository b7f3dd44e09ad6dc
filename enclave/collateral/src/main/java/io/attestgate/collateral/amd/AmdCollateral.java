package io.attestgate.collateral.amd;

import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.AnswerCache;
import io.attestgate.collateral.http.Deadline;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.FetchException.Kind;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.snp.CollateralNeed;
import io.attestgate.verify.snp.Signer;
import io.attestgate.verify.snp.SnpEvidence;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What AMD publishes about the chip of a report: its key's certificate, unless the report carries
 * it, the authorities above, and their root's revocation list. Certificates of loaded keys (VLEK)
 * are with their providers alone, and come with the report. Blocks; any thread.
 */
public final class AmdCollateral {
    private final KeyService service;
    private final AnswerCache cache;

    public AmdCollateral(KeyService service, AnswerCache cache) {
        this.service = service;
        this.cache = cache;
    }

    /** Asks for all of it: first for the authorities, by whom the rest must be signed. */
    public List<Answer> fetch(byte[] evidence, Trust trust, Deadline deadline)
            throws FetchException {
        CollateralNeed need = need(evidence);
        List<Answer> answers = new ArrayList<>();
        for (Found found : found(need, trust, deadline)) {
            answers.add(found.chain());
            found.key().ifPresent(answers::add);
            answers.add(
                    deadline.one(
                            cache,
                            service.crl(need.signer(), found.product(), found.above().root())));
        }
        return answers;
    }

    private record Found(
            SnpProduct product, Answer chain, Authorities above, Optional<Answer> key) {}

    /** Of a report that does not say its product, the first product that knows the chip counts. */
    private List<Found> found(CollateralNeed need, Trust trust, Deadline deadline)
            throws FetchException {
        List<Found> all = new ArrayList<>();
        for (SnpProduct product : need.products()) {
            boolean last = product == need.products().getLast();
            Optional<Found> found =
                    last
                            ? Optional.of(of(need, product, trust, deadline))
                            : ifKnown(need, product, trust, deadline);
            found.ifPresent(all::add);
            if (found.flatMap(Found::key).isPresent()) {
                return List.of(found.get());
            }
        }
        return all;
    }

    private Optional<Found> ifKnown(
            CollateralNeed need, SnpProduct product, Trust trust, Deadline deadline)
            throws FetchException {
        try {
            return Optional.of(of(need, product, trust, deadline));
        } catch (FetchException e) {
            if (e.kind() == Kind.ABSENT || e.kind() == Kind.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Found of(CollateralNeed need, SnpProduct product, Trust trust, Deadline deadline)
            throws FetchException {
        Answer chain = deadline.one(cache, service.chain(need.signer(), product, trust));
        Authorities above = above(chain, need.signer(), product);
        Optional<Octets> hardwareId = need.hardwareId(product);
        boolean asks =
                need.key().isEmpty() && need.signer() == Signer.VCEK && hardwareId.isPresent();
        return new Found(
                product,
                chain,
                above,
                asks
                        ? Optional.of(
                                deadline.one(
                                        cache,
                                        service.vcek(
                                                product,
                                                hardwareId.orElseThrow(),
                                                need.reportedTcb(product),
                                                above.issuer())))
                        : Optional.empty());
    }

    private static Authorities above(Answer chain, Signer signer, SnpProduct product) {
        return Authorities.parse(chain.files().values().iterator().next(), signer, product)
                .toOptional()
                .orElseThrow(() -> new AssertionError("the answer was read"));
    }

    private static CollateralNeed need(byte[] evidence) throws FetchException {
        return switch (SnpEvidence.parse(evidence).then(CollateralNeed::of)) {
            case Parsed.Good<CollateralNeed> good -> good.value();
            case Parsed.Bad<CollateralNeed> bad ->
                    throw new FetchException(
                            Kind.NOTHING_TO_ASK, bad.faults().getFirst().toString());
        };
    }
}
