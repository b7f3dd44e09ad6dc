/**
 * What a gateway says about itself on every host that it serves, under {@code
 * /.well-known/attestgate/}: evidence, policy and keys.
 *
 * <p>Anyone may ask, so everything here is bounded: how often, how many at once, how much is kept.
 */
@NullMarked
package io.attestgate.proxy.wellknown;

import org.jspecify.annotations.NullMarked;
