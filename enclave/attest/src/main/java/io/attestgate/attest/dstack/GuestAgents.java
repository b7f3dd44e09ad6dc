package io.attestgate.attest.dstack;

import io.attestgate.attest.platform.PlatformException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Finds the guest agent and the newest of its surfaces that is there. */
final class GuestAgents {
    /** Of dstack 0.5 and later; before the other, since newer systems have both. */
    static final String SOCKET = "var/run/dstack.sock";

    static final String TAPPD_SOCKET = "var/run/tappd.sock";

    private GuestAgents() {}

    /**
     * Version 1, else version 0, else tappd. Only an agent that says that it has no version 1 is
     * asked in an older one: one that fails is not.
     *
     * @param root {@code /}, or a test's directory
     * @param patience of each call
     */
    static GuestAgent find(Path root, Duration patience) throws PlatformException {
        if (Files.exists(root.resolve(SOCKET))) {
            AgentSocket socket = new AgentSocket(root.resolve(SOCKET), patience);
            return socket.isMounted(AgentV1.PROBE) ? new AgentV1(socket) : AgentV0.guest(socket);
        }
        if (Files.exists(root.resolve(TAPPD_SOCKET))) {
            return AgentV0.tappd(new AgentSocket(root.resolve(TAPPD_SOCKET), patience));
        }
        throw new PlatformException(
                "guest agent: no socket (expected: %s or %s)"
                        .formatted(root.resolve(SOCKET), root.resolve(TAPPD_SOCKET)));
    }
}
