package io.attestgate.attest.tpm;

import io.attestgate.attest.disk.Disk;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * The platform's two files in the state directory, each replaced whole or not at all, and the one
 * that the operator writes.
 */
record StateFiles(Disk disk) {
    static final String STATE = "tpm";
    static final String POLICIES = "tpm-policies";

    /** The operator's: which versions he would like to start. */
    static final String NEXT = "tpm-next";

    private static final String NEW = ".new";

    /** What was sealed; empty before the first start has ended. */
    Optional<TpmState> state() throws TpmException {
        Optional<byte[]> file = read(STATE, TpmState.SIZE_BYTES_MAX);
        return file.isEmpty() ? Optional.empty() : Optional.of(TpmState.parse(file.get()));
    }

    SignedPolicies policies() throws TpmException {
        Optional<byte[]> file = read(POLICIES, SignedPolicies.SIZE_BYTES_MAX);
        return file.isEmpty() ? SignedPolicies.of(List.of()) : SignedPolicies.parse(file.get());
    }

    /** The versions that the operator offers. */
    SortedSet<Hash32> offered() throws TpmException {
        Optional<byte[]> file = read(NEXT, OfferedVersions.SIZE_BYTES_MAX);
        return file.isEmpty() ? Collections.emptySortedSet() : OfferedVersions.parse(file.get());
    }

    void write(TpmState state) throws TpmException {
        write(STATE, state.toBytes());
    }

    void write(SignedPolicies policies) throws TpmException {
        write(POLICIES, policies.toBytes());
    }

    private Optional<byte[]> read(String file, int sizeBytesMax) throws TpmException {
        try {
            return disk.read(file, sizeBytesMax);
        } catch (IOException e) {
            throw TpmException.transport("file " + file, e);
        }
    }

    private void write(String file, byte[] content) throws TpmException {
        try {
            disk.write(file + NEW, content);
            disk.sync(file + NEW);
            disk.rename(file + NEW, file);
            disk.syncNames();
        } catch (IOException e) {
            throw TpmException.transport("file " + file, e);
        }
    }
}
