/**
 * Several endpoints that nobody trusts: who may be asked, who rests, and who lied and is asked no
 * more.
 */
@NullMarked
package io.attestgate.policy.endpoint;

import org.jspecify.annotations.NullMarked;
