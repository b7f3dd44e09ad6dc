@NullMarked
package io.attestgate.verify.x509;

import org.jspecify.annotations.NullMarked;
