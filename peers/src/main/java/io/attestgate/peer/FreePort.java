package io.attestgate.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for peers that cannot be told to choose one themselves. */
public final class FreePort {
    private FreePort() {}

    /** A TCP port on loopback that was free a moment ago; the kernel gives each out in turn. */
    public static int next() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The wanted port if it is free on loopback, else any free one. */
    public static int preferring(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException taken) {
            return next();
        }
    }
}
