@NullMarked
package io.attestgate.verify.snp;

import org.jspecify.annotations.NullMarked;
