/** Event logs and their replay: what was measured into a register, one event at a time. */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
