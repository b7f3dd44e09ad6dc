package io.attestgate.demo;

import io.attestgate.peer.FreePort;

/** Where the gateway listens, on loopback. */
record Ports(int https, int http, int operations) {

    /** The wanted ones, and any free one for each that is taken. */
    static Ports preferring(int https, int http, int operations) {
        return new Ports(
                FreePort.preferring(https),
                FreePort.preferring(http),
                FreePort.preferring(operations));
    }
}
