/**
 * What a change of documents does, as a voter wants it: effective values before and after, and
 * whether more or less is trusted or allowed.
 */
@NullMarked
package io.attestgate.policy.diff;

import org.jspecify.annotations.NullMarked;
