/** TDX and SEV-SNP, against devices that follow the kernel's documentation clause by clause. */
@NullMarked
package io.attestgate.attest.tsm;

import org.jspecify.annotations.NullMarked;
