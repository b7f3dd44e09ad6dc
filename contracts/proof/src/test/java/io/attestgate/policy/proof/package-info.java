@NullMarked
package io.attestgate.policy.proof;

import org.jspecify.annotations.NullMarked;
