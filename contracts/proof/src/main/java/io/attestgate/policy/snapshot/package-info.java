/**
 * The snapshot: what every name is, at one block, immutable. Built from what was proven and from
 * the documents, and handed to the request and the certificate ways.
 */
@NullMarked
package io.attestgate.policy.snapshot;

import org.jspecify.annotations.NullMarked;
