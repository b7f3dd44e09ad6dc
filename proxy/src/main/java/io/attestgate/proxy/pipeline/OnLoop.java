package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.upstream.UpstreamPool;

/**
 * What the requests of one loop share; for its thread.
 *
 * @param pool of upstream connections
 * @param permits of those that run
 */
record OnLoop(UpstreamPool pool, Permits permits) {}
