@NullMarked
package io.attestgate.verify.nvidia;

import org.jspecify.annotations.NullMarked;
