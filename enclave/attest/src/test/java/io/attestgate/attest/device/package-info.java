/** Devices, on files that every Linux has. */
@NullMarked
package io.attestgate.attest.device;

import org.jspecify.annotations.NullMarked;
