/** The entrance for those outside: verify an endpoint and hear what each part rests on. */
@NullMarked
@CheckReturnValue
package io.attestgate.client;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
