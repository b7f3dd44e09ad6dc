/**
 * The command line: a class per command, which reads its arguments, asks another package, and
 * prints.
 *
 * <p>Exit status: 0 good, 1 refused or failed, 2 wrong use. Results go to standard output, errors
 * to standard error as {@code attestgate: name: value (expected: rule)}.
 */
@NullMarked
@CheckReturnValue
package io.attestgate.proxy.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
