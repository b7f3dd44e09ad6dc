@NullMarked
package io.attestgate.certificate.challenge;

import org.jspecify.annotations.NullMarked;
