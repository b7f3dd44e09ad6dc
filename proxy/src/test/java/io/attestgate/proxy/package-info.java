/** The house as a whole. */
@NullMarked
package io.attestgate.proxy;

import org.jspecify.annotations.NullMarked;
