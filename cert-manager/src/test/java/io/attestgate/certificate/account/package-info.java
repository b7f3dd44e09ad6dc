@NullMarked
package io.attestgate.certificate.account;

import org.jspecify.annotations.NullMarked;
