/** The measurement, by vectors. */
@NullMarked
package io.attestgate.verify.measurement;

import org.jspecify.annotations.NullMarked;
