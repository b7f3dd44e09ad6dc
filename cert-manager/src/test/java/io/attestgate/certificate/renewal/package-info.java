@NullMarked
package io.attestgate.certificate.renewal;

import org.jspecify.annotations.NullMarked;
