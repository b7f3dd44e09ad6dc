@NullMarked
package io.attestgate.collateral.http;

import org.jspecify.annotations.NullMarked;
