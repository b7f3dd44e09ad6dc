/** A disk for tests that loses what the real one may lose. */
@NullMarked
package io.attestgate.attest.disk;

import org.jspecify.annotations.NullMarked;
