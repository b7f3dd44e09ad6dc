@NullMarked
package io.attestgate.policy.finality;

import org.jspecify.annotations.NullMarked;
