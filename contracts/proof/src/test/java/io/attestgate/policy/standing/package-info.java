@NullMarked
package io.attestgate.policy.standing;

import org.jspecify.annotations.NullMarked;
