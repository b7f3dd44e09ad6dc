@NullMarked
package io.attestgate.collateral.intel;

import org.jspecify.annotations.NullMarked;
