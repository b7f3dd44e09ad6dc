package io.attestgate.collateral.amd;

import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.AnswerCache;
import io.attestgate.collateral.http.Deadline;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.FetchException.Kind;
import io.attestgate.collateral.http.Question;
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

    /** Asks for all of it. */
    public List<Answer> fetch(byte[] evidence, Deadline deadline) throws FetchException {
        CollateralNeed need = need(evidence);
        Optional<Found> key = key(need, deadline);
        List<Question> others = new ArrayList<>();
        for (SnpProduct product : key.map(Found::product).map(List::of).orElse(need.products())) {
            others.add(service.chain(need.signer(), product));
            others.add(service.crl(need.signer(), product));
        }
        List<Answer> answers = new ArrayList<>(deadline.all(cache, others));
        key.map(Found::answer).ifPresent(answers::add);
        return answers;
    }

    private record Found(SnpProduct product, Answer answer) {}

    /** None where the report has it, where no chip is named, and for a provider's key. */
    private Optional<Found> key(CollateralNeed need, Deadline deadline) throws FetchException {
        if (need.key().isPresent() || need.signer() != Signer.VCEK) {
            return Optional.empty();
        }
        List<SnpProduct> products = need.products();
        for (SnpProduct product : products.subList(0, products.size() - 1)) {
            Optional<Found> found = ifKnown(need, product, deadline);
            if (found.isPresent()) {
                return found;
            }
        }
        return key(need, products.getLast(), deadline);
    }

    /** Of a report that does not say its product, the first product that knows the chip counts. */
    private Optional<Found> ifKnown(CollateralNeed need, SnpProduct product, Deadline deadline)
            throws FetchException {
        try {
            return key(need, product, deadline);
        } catch (FetchException e) {
            if (e.kind() == Kind.ABSENT || e.kind() == Kind.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Found> key(CollateralNeed need, SnpProduct product, Deadline deadline)
            throws FetchException {
        Optional<Octets> hardwareId = need.hardwareId(product);
        return hardwareId.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Found(
                                product,
                                deadline.one(
                                        cache,
                                        service.vcek(
                                                product,
                                                hardwareId.get(),
                                                need.reportedTcb(product)))));
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
