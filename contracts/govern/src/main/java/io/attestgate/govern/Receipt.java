package io.attestgate.govern;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.List;
import java.util.Optional;

/**
 * A transaction that is in a block and succeeded.
 *
 * @param created the contract it made, where it made one
 * @param logs as the endpoint gave them
 */
record Receipt(Hash32 transaction, long block, Optional<Address> created, List<Json> logs) {}
