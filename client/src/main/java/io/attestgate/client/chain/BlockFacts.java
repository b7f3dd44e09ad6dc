package io.attestgate.client.chain;

import io.attestgate.wire.Hash32;
import java.time.Instant;

/** One block of the reader's own chain. */
public record BlockFacts(long number, Hash32 hash, Instant time) {}
