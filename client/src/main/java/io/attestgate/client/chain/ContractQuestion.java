package io.attestgate.client.chain;

import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.util.Optional;

/**
 * What a reader wants to know of its contract.
 *
 * @param claimed what an enclave says of it
 * @param host that the enclave serves
 * @param measurement of the enclave; empty if its evidence is not believed
 */
public record ContractQuestion(
        PolicyReference claimed, Hostname host, Optional<Hash32> measurement) {}
