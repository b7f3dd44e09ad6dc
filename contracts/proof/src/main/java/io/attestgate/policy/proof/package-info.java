/** Proofs of Ethereum's state: headers, the tries under them, accounts and their storage. */
@NullMarked
package io.attestgate.policy.proof;

import org.jspecify.annotations.NullMarked;
