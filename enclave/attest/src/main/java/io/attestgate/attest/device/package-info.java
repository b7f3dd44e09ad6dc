/** Files that are no files but a kernel's or a TEE's answers, with the number of each error. */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.device;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
