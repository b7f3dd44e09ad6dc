@NullMarked
package io.attestgate.proxy.operations;

import org.jspecify.annotations.NullMarked;
