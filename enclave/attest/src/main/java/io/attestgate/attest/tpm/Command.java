package io.attestgate.attest.tpm;

import java.util.List;

/**
 * A command before it is authorised: what, on which entities, with which parameters.
 *
 * @param parameters marshalled; taken, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Command(CommandCode code, List<Entity> entities, byte[] parameters) {

    Command {
        entities = List.copyOf(entities);
    }

    static Command of(CommandCode code, TpmWriter parameters, Entity... entities) {
        return new Command(code, List.of(entities), parameters.toBytes());
    }
}
