@NullMarked
package io.attestgate.verify.cbor;

import org.jspecify.annotations.NullMarked;
