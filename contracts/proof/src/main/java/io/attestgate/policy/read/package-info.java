/**
 * Reading the policy from a chain: proven storage and the documents it names, all at one block,
 * never going back.
 */
@NullMarked
package io.attestgate.policy.read;

import org.jspecify.annotations.NullMarked;
