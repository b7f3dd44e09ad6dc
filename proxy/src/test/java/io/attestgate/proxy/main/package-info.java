@NullMarked
package io.attestgate.proxy.main;

import org.jspecify.annotations.NullMarked;
