/** What every kind of evidence offers to whoever has it in a file. */
@NullMarked
@CheckReturnValue
package io.attestgate.verify.kind;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
