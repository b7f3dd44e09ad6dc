/** Tests of {@code io.attestgate.proxy.tls}. */
@NullMarked
package io.attestgate.proxy.tls;

import org.jspecify.annotations.NullMarked;
