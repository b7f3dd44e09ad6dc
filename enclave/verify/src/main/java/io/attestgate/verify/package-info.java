/**
 * Judges evidence: one entrance, and one answer that leaves nothing out.
 *
 * <p>Written for people who trust none of our servers: no network, no clock, no native code.
 * Stages, each knowing only those before it: claims, measurement, evidence, a package per platform,
 * and this.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
