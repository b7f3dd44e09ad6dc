@NullMarked
package io.attestgate.client.connect;

import org.jspecify.annotations.NullMarked;
