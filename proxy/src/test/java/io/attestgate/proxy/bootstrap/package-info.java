@NullMarked
package io.attestgate.proxy.bootstrap;

import org.jspecify.annotations.NullMarked;
