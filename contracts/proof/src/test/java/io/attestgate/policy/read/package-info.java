@NullMarked
package io.attestgate.policy.read;

import org.jspecify.annotations.NullMarked;
