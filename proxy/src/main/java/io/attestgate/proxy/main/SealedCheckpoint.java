package io.attestgate.proxy.main;

import io.attestgate.attest.seal.Compartment;
import io.attestgate.policy.beacon.CheckpointStore;
import io.attestgate.policy.beacon.LightClientCheckpoint;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.util.Optional;

/** The newest beacon block that the light client believed, sealed beside the anchor. */
final class SealedCheckpoint implements CheckpointStore {
    private static final String NAME = "light-client";

    private final SealedFile file;

    SealedCheckpoint(Compartment compartment) {
        this.file = new SealedFile(compartment, NAME);
    }

    @Override
    public Optional<LightClientCheckpoint> load() throws IOException {
        return file.load(SealedCheckpoint::parse);
    }

    @Override
    public void store(LightClientCheckpoint checkpoint) throws IOException {
        file.store(checkpoint.encode());
    }

    private static LightClientCheckpoint parse(byte[] bytes) throws IOException {
        return switch (LightClientCheckpoint.decode(bytes)) {
            case Parsed.Good<LightClientCheckpoint> good -> good.value();
            case Parsed.Bad<LightClientCheckpoint> bad ->
                    throw new IOException(NAME + ": " + bad.faults().getFirst());
        };
    }
}
