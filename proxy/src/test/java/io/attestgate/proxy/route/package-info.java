/** Tests of {@code io.attestgate.proxy.route}. */
@NullMarked
package io.attestgate.proxy.route;

import org.jspecify.annotations.NullMarked;
