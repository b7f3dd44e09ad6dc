@NullMarked
package io.attestgate.collateral;

import org.jspecify.annotations.NullMarked;
