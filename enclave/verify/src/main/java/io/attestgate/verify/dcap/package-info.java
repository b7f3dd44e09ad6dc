/**
 * Intel's DCAP quotes: SGX, and TDX 1.0 and 1.5, judged in the order of Intel's quote verification
 * library (docs/evidence-dcap.md).
 */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.dcap;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
