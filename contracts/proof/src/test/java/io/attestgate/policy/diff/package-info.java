@NullMarked
package io.attestgate.policy.diff;

import org.jspecify.annotations.NullMarked;
