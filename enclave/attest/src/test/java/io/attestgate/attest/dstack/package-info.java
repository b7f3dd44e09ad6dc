@NullMarked
package io.attestgate.attest.dstack;

import org.jspecify.annotations.NullMarked;
