/** Follows the policy: reads it again and again and hands on each new snapshot. */
@NullMarked
package io.attestgate.policy.follow;

import org.jspecify.annotations.NullMarked;
