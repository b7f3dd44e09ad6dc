/** Tests of {@code io.attestgate.proxy.http}. */
@NullMarked
package io.attestgate.proxy.http;

import org.jspecify.annotations.NullMarked;
