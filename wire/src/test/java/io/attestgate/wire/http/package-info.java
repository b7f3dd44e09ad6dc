@NullMarked
package io.attestgate.wire.http;

import org.jspecify.annotations.NullMarked;
