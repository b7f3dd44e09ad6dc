/** Claims read and written, by vectors and by fuzzing. */
@NullMarked
package io.attestgate.verify.claims;

import org.jspecify.annotations.NullMarked;
