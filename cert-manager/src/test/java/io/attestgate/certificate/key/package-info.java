@NullMarked
package io.attestgate.certificate.key;

import org.jspecify.annotations.NullMarked;
