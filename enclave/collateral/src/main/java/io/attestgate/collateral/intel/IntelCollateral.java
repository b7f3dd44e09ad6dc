package io.attestgate.collateral.intel;

import io.attestgate.collateral.Update;
import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.AnswerCache;
import io.attestgate.collateral.http.Deadline;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.FetchException.Kind;
import io.attestgate.collateral.http.Question;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.dcap.CollateralNeed;
import io.attestgate.verify.dcap.Quote;
import io.attestgate.wire.Parsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Intel publishes about the platform of a quote: TCB info, the quoting enclave's identity, and
 * two revocation lists, with the chains of who signed them. Blocks; any thread.
 */
public final class IntelCollateral {
    private final IntelService service;
    private final AnswerCache cache;

    public IntelCollateral(IntelService service, AnswerCache cache) {
        this.service = service;
        this.cache = cache;
    }

    /** Asks for all of it; which TCB recoveries there are with early documents alone. */
    public List<Answer> fetch(byte[] evidence, Update update, Trust trust, Deadline deadline)
            throws FetchException {
        CollateralNeed need = need(evidence);
        trust.require(need.root());
        List<Answer> answers =
                new ArrayList<>(
                        deadline.all(
                                cache,
                                List.of(
                                        service.tcbInfo(need, update, trust),
                                        service.identity(need.tee(), update, trust),
                                        service.pckCrl(need.authority(), trust),
                                        service.rootCaCrl(need.root(), trust))));
        if (update == Update.EARLY) {
            announced(need, deadline).ifPresent(answers::add);
        }
        return answers;
    }

    /** No verdict rests on it, and caches often have none. */
    private Optional<Answer> announced(CollateralNeed need, Deadline deadline) {
        Question question = service.evaluationNumbers(need.tee());
        try {
            return Optional.of(deadline.one(cache, question));
        } catch (FetchException e) {
            return Optional.empty();
        }
    }

    private static CollateralNeed need(byte[] evidence) throws FetchException {
        return switch (Quote.parse(evidence).then(CollateralNeed::of)) {
            case Parsed.Good<CollateralNeed> good -> good.value();
            case Parsed.Bad<CollateralNeed> bad ->
                    throw new FetchException(
                            Kind.NOTHING_TO_ASK, bad.faults().getFirst().toString());
        };
    }
}
