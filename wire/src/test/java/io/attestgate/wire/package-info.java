@NullMarked
package io.attestgate.wire;

import org.jspecify.annotations.NullMarked;
