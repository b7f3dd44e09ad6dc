package io.attestgate.collateral;

import io.attestgate.collateral.http.Deadline;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import java.util.Optional;

/**
 * The vendors' services, by one update.
 *
 * @param trust whose answers are given
 * @param deadline of all that is fetched; empty where each piece of evidence has its own
 */
record VendorSource(
        VendorCollateral vendors, Update update, Trust trust, Optional<Deadline> deadline)
        implements CollateralSource {

    @Override
    public boolean serves(String kind) {
        return VendorCollateral.serves(kind);
    }

    @Override
    public CollateralSource together() {
        return new VendorSource(vendors, update, trust, Optional.of(vendors.deadline()));
    }

    @Override
    public Bundle fetch(String kind, byte[] evidence) throws FetchException {
        return vendors.fetch(kind, evidence, update, trust, own());
    }

    private Deadline own() {
        return deadline.map(Deadline::forAnother).orElseGet(vendors::deadline);
    }
}
