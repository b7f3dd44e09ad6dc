@NullMarked
package io.attestgate.demo;

import org.jspecify.annotations.NullMarked;
