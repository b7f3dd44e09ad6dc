@NullMarked
package io.attestgate.verify.tpm;

import org.jspecify.annotations.NullMarked;
