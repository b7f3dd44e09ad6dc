@NullMarked
package io.attestgate.verify.dcap;

import org.jspecify.annotations.NullMarked;
