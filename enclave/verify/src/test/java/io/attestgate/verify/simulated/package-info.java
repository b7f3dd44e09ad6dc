/** The simulated platform's report, fuzzed. */
@NullMarked
package io.attestgate.verify.simulated;

import org.jspecify.annotations.NullMarked;
