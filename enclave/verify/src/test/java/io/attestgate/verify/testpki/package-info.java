/**
 * Authorities of our own that make evidence in the vendors' true formats, so that what no real
 * vector covers is tested in both directions. Other modules' tests have it as this module's test
 * jar.
 */
@NullMarked
package io.attestgate.verify.testpki;

import org.jspecify.annotations.NullMarked;
