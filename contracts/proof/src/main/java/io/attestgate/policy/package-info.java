/** What every stage of the way of a policy shares: how reading it fails, by name. */
@NullMarked
package io.attestgate.policy;

import org.jspecify.annotations.NullMarked;
