package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which TCB recoveries there are, version 1 (Intel PCS API v4, "Get TCB Evaluation Data Numbers").
 * No verdict rests on it: it says only when a change is to be expected.
 */
record EvaluationNumbers(Tee tee, Instant issueDate, Instant nextUpdate, List<Recovery> recoveries)
        implements Dated {
    /**
     * From a recovery on until standard documents take it into account. Documents of Intel's
     * caching service say six weeks; what its service publishes says a year.
     */
    static final Duration STANDARD_AFTER = Duration.ofDays(365);

    private static final int VERSION = 1;
    private static final int RECOVERIES_MAX = 256;

    /** A recovery by its number, and when Intel told of it. */
    record Recovery(int evaluation, Instant event) {}

    EvaluationNumbers {
        recoveries = List.copyOf(recoveries);
    }

    static EvaluationNumbers parse(Json json) throws MalformedException {
        JsonFields fields = JsonFields.of("$.tcbEvaluationDataNumbers", json);
        if (fields.number("version", Integer.MAX_VALUE) != VERSION) {
            throw fields.fault("version", "1");
        }
        List<Recovery> recoveries = new ArrayList<>();
        for (JsonFields one : fields.objects("tcbEvalNumbers", RECOVERIES_MAX)) {
            recoveries.add(
                    new Recovery(
                            one.number("tcbEvaluationDataNumber", Integer.MAX_VALUE),
                            one.instant("tcbRecoveryEventDate")));
        }
        return new EvaluationNumbers(
                Tee.parse(fields),
                fields.instant("issueDate"),
                fields.instant("nextUpdate"),
                recoveries);
    }

    List<Holding> holdings() {
        return recoveries.stream()
                .map(
                        one ->
                                new Holding(
                                        Holding.Form.TCB_RECOVERY,
                                        tee.tcbInfoId(),
                                        one.event().plus(STANDARD_AFTER),
                                        nextUpdate,
                                        OptionalInt.of(one.evaluation())))
                .toList();
    }
}
