@NullMarked
package io.attestgate.policy.endpoint;

import org.jspecify.annotations.NullMarked;
