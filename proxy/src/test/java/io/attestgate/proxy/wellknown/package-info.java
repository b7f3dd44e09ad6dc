@NullMarked
package io.attestgate.proxy.wellknown;

import org.jspecify.annotations.NullMarked;
