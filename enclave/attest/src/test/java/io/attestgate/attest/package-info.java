/** What the tests of several packages share. */
@NullMarked
package io.attestgate.attest;

import org.jspecify.annotations.NullMarked;
