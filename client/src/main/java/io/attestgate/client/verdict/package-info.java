/** Legs: what each check found, and whom it rests on. */
@NullMarked
@CheckReturnValue
package io.attestgate.client.verdict;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
