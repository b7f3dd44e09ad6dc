/**
 * The order of the stages of a request; the only package that knows it.
 *
 * <p>{@link io.attestgate.proxy.pipeline.Gateway} opens the listeners and closes them.
 */
@NullMarked
package io.attestgate.proxy.pipeline;

import org.jspecify.annotations.NullMarked;
