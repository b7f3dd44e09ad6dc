@NullMarked
package io.attestgate.peer;

import org.jspecify.annotations.NullMarked;
