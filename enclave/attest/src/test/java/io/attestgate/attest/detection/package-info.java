/** Detection, on folders that are machines. */
@NullMarked
package io.attestgate.attest.detection;

import org.jspecify.annotations.NullMarked;
