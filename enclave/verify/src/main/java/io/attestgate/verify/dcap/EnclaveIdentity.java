package io.attestgate.verify.dcap;

import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The identity of a quoting enclave, version 2 (Intel PCS API v4, "Get Quoting Enclave Identity").
 *
 * @param id {@code QE} for SGX, {@code TD_QE} for TDX; other enclaves of Intel's have others
 */
record EnclaveIdentity(
        String id,
        Instant issueDate,
        Instant nextUpdate,
        int evaluation,
        Octets miscSelect,
        Octets miscSelectMask,
        Octets attributes,
        Octets attributesMask,
        Octets mrSigner,
        int isvProdId,
        List<IsvLevel> levels)
        implements Dated {
    private static final int VERSION = 2;

    static EnclaveIdentity parse(Json json) throws MalformedException {
        JsonFields fields = JsonFields.of("$.enclaveIdentity", json);
        if (fields.number("version", Integer.MAX_VALUE) != VERSION) {
            throw fields.fault("version", "2");
        }
        return new EnclaveIdentity(
                fields.text("id"),
                fields.instant("issueDate"),
                fields.instant("nextUpdate"),
                fields.number("tcbEvaluationDataNumber", Integer.MAX_VALUE),
                fields.octets("miscselect", 4),
                fields.octets("miscselectMask", 4),
                fields.octets("attributes", 16),
                fields.octets("attributesMask", 16),
                fields.octets("mrsigner", 32),
                fields.number("isvprodid", 0xffff),
                IsvLevel.parseAll(fields));
    }

    Holding holding() {
        return new Holding(
                Holding.Form.QE_IDENTITY, id, issueDate, nextUpdate, OptionalInt.of(evaluation));
    }

    /** The first field in which that enclave is another; empty if it is this one. */
    Optional<String> differenceFrom(SgxReport report) {
        if (!miscSelect.equals(report.field("miscSelect").masked(miscSelectMask))) {
            return Optional.of("miscSelect");
        }
        if (!attributes.equals(report.field("attributes").masked(attributesMask))) {
            return Optional.of("attributes");
        }
        if (!mrSigner.equals(report.field("mrSigner"))) {
            return Optional.of("mrSigner");
        }
        return report.isvProdId() == isvProdId ? Optional.empty() : Optional.of("isvProdId");
    }
}
