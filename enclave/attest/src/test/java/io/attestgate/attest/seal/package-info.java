/** The sealed store under crashes, failures and a hostile disk. */
@NullMarked
package io.attestgate.attest.seal;

import org.jspecify.annotations.NullMarked;
