package io.attestgate.verify;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;

/**
 * What a reader brings to judge hardware by.
 *
 * @param collateral what vendors publish, for every kind that may come
 * @param policy the roots, states and advisories that pass
 */
public record Hardware(Bundle collateral, AppraisalPolicy policy) {}
