/** Which block is final, and by whose word: the headers that everything else is proven under. */
@NullMarked
package io.attestgate.policy.finality;

import org.jspecify.annotations.NullMarked;
