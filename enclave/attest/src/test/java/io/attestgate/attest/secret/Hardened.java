package io.attestgate.attest.secret;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A process that hardens itself and prints what it and the kernel say about that. */
final class Hardened {
    private Hardened() {}

    public static void main(String[] args) throws IOException {
        PrintStream out =
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        ProcessHardening before = ProcessHardening.seen();
        out.println(before.dumpableOff());
        ProcessHardening reached = ProcessHardening.apply();
        out.println(reached.coreDumpsOff() + " " + reached.dumpableOff());
        out.println(
                Files.readAllLines(Path.of("/proc/self/limits")).stream()
                        .filter(line -> line.startsWith("Max core file size"))
                        .findFirst()
                        .orElseThrow());
        // proc(5): what is not dumpable belongs to root; to others it is then closed.
        out.println(
                Files.getOwner(Path.of("/proc/self/environ"), LinkOption.NOFOLLOW_LINKS).getName());
    }
}
