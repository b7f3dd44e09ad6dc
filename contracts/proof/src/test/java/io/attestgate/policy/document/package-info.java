@NullMarked
package io.attestgate.policy.document;

import org.jspecify.annotations.NullMarked;
