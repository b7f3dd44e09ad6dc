/** One flat directory, as a store that must survive a crash sees it. */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.disk;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
