@NullMarked
package io.attestgate.policy.beacon;

import org.jspecify.annotations.NullMarked;
