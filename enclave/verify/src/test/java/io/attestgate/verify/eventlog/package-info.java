@NullMarked
package io.attestgate.verify.eventlog;

import org.jspecify.annotations.NullMarked;
