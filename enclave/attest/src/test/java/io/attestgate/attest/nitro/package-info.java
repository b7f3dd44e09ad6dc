@NullMarked
package io.attestgate.attest.nitro;

import org.jspecify.annotations.NullMarked;
