/** Evidence judged, by vectors that a second implementation made. */
@NullMarked
package io.attestgate.verify;

import org.jspecify.annotations.NullMarked;
