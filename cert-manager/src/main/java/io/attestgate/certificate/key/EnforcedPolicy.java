package io.attestgate.certificate.key;

import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;

/**
 * The policy that is enforced for a name when its key is attested.
 *
 * @param reference the state of the contract
 * @param documents those that serve the name
 */
public record EnforcedPolicy(PolicyReference reference, DocumentHashes documents) {}
