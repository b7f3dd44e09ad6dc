/** Secret memory and process hardening, on the real system. */
@NullMarked
package io.attestgate.attest.secret;

import org.jspecify.annotations.NullMarked;
