/** The simulated platform, against the verifier. */
@NullMarked
package io.attestgate.attest.simulated;

import org.jspecify.annotations.NullMarked;
