@NullMarked
package io.attestgate.verify.nitro;

import org.jspecify.annotations.NullMarked;
