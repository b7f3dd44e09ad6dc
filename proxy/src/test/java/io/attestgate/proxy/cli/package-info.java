@NullMarked
package io.attestgate.proxy.cli;

import org.jspecify.annotations.NullMarked;
