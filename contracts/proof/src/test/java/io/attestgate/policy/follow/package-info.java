@NullMarked
package io.attestgate.policy.follow;

import org.jspecify.annotations.NullMarked;
