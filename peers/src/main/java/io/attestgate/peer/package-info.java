/**
 * Real peers as child processes: a chain, a certificate authority, and where to find them.
 *
 * <p>For tests and the demo alone; nothing of the product depends on this package.
 */
@NullMarked
package io.attestgate.peer;

import org.jspecify.annotations.NullMarked;
