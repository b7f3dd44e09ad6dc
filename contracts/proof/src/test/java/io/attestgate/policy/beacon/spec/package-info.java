@NullMarked
package io.attestgate.policy.beacon.spec;

import org.jspecify.annotations.NullMarked;
