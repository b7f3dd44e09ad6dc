@NullMarked
package io.attestgate.collateral.amd;

import org.jspecify.annotations.NullMarked;
