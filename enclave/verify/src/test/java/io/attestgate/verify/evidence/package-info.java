/** The format of evidence, by vectors and by fuzzing. */
@NullMarked
package io.attestgate.verify.evidence;

import org.jspecify.annotations.NullMarked;
