@NullMarked
package io.attestgate.client.chain;

import org.jspecify.annotations.NullMarked;
