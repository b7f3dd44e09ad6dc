package io.attestgate.attest.seal;

import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.simulated.SimulatedPlatform;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A process that commits 1, 2, 3… and prints each number once its commit has returned. */
final class Committer {
    private Committer() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        DirectoryDisk disk = DirectoryDisk.open(directory);
        try (SealedStore store =
                SealedStore.open(
                        directory,
                        SimulatedPlatform.of(StoreFixture.CODE, disk, StoreFixture.CONFIG),
                        StoreFixture.CONFIG)) {
            Compartment tls = store.compartment(StoreFixture.TLS);
            int next = Integer.parseInt(StoreFixture.text(tls, "first").orElse("0")) + 1;
            while (true) {
                String number = Integer.toString(next++);
                tls.commit(StoreFixture.put(Map.of("first", number, "second", number)));
                out.println(number);
            }
        }
    }
}
