/**
 * The contracts as Java sees them: the committed artifacts of the compiler, read from the class
 * path.
 */
@NullMarked
package io.attestgate.contracts;

import org.jspecify.annotations.NullMarked;
