@NullMarked
package io.attestgate.client;

import org.jspecify.annotations.NullMarked;
