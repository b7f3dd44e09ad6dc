package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * TCB info of one platform model, version 3 (Intel PCS API v4, "Get TCB Info").
 *
 * @param fmspc the model
 * @param evaluation the number of the TCB recovery that it takes into account
 * @param module of TDX 1.0; empty for SGX
 * @param modules of later majors
 * @param levels from the newest to the oldest
 */
record TcbInfo(
        Tee tee,
        Instant issueDate,
        Instant nextUpdate,
        Octets fmspc,
        Octets pceId,
        int evaluation,
        Optional<TdxModule> module,
        List<TdxModule> modules,
        List<TcbLevel> levels)
        implements Dated {
    private static final int VERSION = 3;
    private static final int TCB_TYPE = 0;
    private static final int MODULES_MAX = 64;

    static TcbInfo parse(Json json) throws MalformedException {
        JsonFields fields = JsonFields.of("$.tcbInfo", json);
        if (fields.number("version", Integer.MAX_VALUE) != VERSION) {
            throw fields.fault("version", "3");
        }
        if (fields.number("tcbType", Integer.MAX_VALUE) != TCB_TYPE) {
            throw fields.fault("tcbType", "0");
        }
        Tee tee = Tee.parse(fields);
        return new TcbInfo(
                tee,
                fields.instant("issueDate"),
                fields.instant("nextUpdate"),
                fields.octets("fmspc", 6),
                fields.octets("pceId", 2),
                fields.number("tcbEvaluationDataNumber", Integer.MAX_VALUE),
                tee == Tee.TDX
                        ? Optional.of(TdxModule.parseFirst(fields.object("tdxModule")))
                        : Optional.empty(),
                modules(fields),
                levels(fields, tee));
    }

    private static List<TdxModule> modules(JsonFields fields) throws MalformedException {
        List<TdxModule> modules = new ArrayList<>();
        if (fields.has("tdxModuleIdentities")) {
            for (JsonFields module : fields.objects("tdxModuleIdentities", MODULES_MAX)) {
                modules.add(TdxModule.parseIdentity(module));
            }
        }
        return List.copyOf(modules);
    }

    private static List<TcbLevel> levels(JsonFields fields, Tee tee) throws MalformedException {
        List<TcbLevel> levels = new ArrayList<>();
        for (JsonFields level : fields.objects("tcbLevels", IsvLevel.LEVELS_MAX)) {
            levels.add(TcbLevel.parse(level, tee));
        }
        return List.copyOf(levels);
    }

    Holding holding() {
        return new Holding(
                Holding.Form.TCB_INFO,
                tee.tcbInfoId() + " " + fmspc,
                issueDate,
                nextUpdate,
                OptionalInt.of(evaluation));
    }

    /** The module of that major version. */
    Optional<TdxModule> module(int major) {
        if (major == 0) {
            return module;
        }
        String id = "TDX_%02X".formatted(major);
        return modules.stream()
                .filter(candidate -> candidate.id().toUpperCase(Locale.ROOT).equals(id))
                .findFirst();
    }
}
