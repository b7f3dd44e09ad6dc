/** Evidence in batches, on a device that answers four times a second. */
@NullMarked
package io.attestgate.attest.evidence;

import org.jspecify.annotations.NullMarked;
