/**
 * JSON-RPC 2.0 over HTTP with an endpoint that nobody trusts: bounded answers, bounded waits, named
 * failures.
 */
@NullMarked
package io.attestgate.policy.rpc;

import org.jspecify.annotations.NullMarked;
