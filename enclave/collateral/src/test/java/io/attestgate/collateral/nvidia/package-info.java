@NullMarked
package io.attestgate.collateral.nvidia;

import org.jspecify.annotations.NullMarked;
