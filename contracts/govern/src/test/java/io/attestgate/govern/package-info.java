@NullMarked
package io.attestgate.govern;

import org.jspecify.annotations.NullMarked;
