@NullMarked
package io.attestgate.policy.snapshot;

import org.jspecify.annotations.NullMarked;
