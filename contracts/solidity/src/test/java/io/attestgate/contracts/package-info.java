@NullMarked
package io.attestgate.contracts;

import org.jspecify.annotations.NullMarked;
