@NullMarked
package io.attestgate.peer.beacon;

import org.jspecify.annotations.NullMarked;
