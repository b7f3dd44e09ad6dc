/** What every platform and every trusted register must do. */
@NullMarked
package io.attestgate.attest.platform;

import org.jspecify.annotations.NullMarked;
