@NullMarked
package io.attestgate.policy.rpc;

import org.jspecify.annotations.NullMarked;
