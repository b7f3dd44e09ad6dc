/**
 * The demo: starts real peers, deploys the contracts, runs the product as a child process and, with
 * {@code --check}, plays the whole story and prints what it saw.
 *
 * <p>Everything here is a prop. The product's own way begins in {@code io.attestgate.proxy.main}.
 */
@NullMarked
package io.attestgate.demo;

import org.jspecify.annotations.NullMarked;
