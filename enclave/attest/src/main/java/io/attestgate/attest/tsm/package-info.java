/**
 * TDX and SEV-SNP, by the kernel's configfs-tsm (Documentation/ABI/testing/configfs-tsm-report) and
 * AMD's guest device (Documentation/virt/coco/sev-guest.rst).
 */
@NullMarked
@CheckReturnValue
package io.attestgate.attest.tsm;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
