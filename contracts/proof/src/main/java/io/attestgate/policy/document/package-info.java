/**
 * The policy document: what people vote on, read strictly. Knows nothing of chains.
 *
 * <p>{@link io.attestgate.policy.document.PolicyDocuments} is the entrance; docs/policy-document.md
 * lists every field. A field that this release does not enforce is refused, never ignored.
 */
@NullMarked
package io.attestgate.policy.document;

import org.jspecify.annotations.NullMarked;
