@NullMarked
package io.attestgate.verify.collateral;

import org.jspecify.annotations.NullMarked;
