/** Benchmarks (docs/performance.md): compiled by the build, run by {@code bench/run}. */
@NullMarked
package io.attestgate.bench;

import org.jspecify.annotations.NullMarked;
