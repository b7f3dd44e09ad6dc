package io.attestgate.demo;

import java.io.PrintWriter;

/** What the demo prints when everything runs: what is there, and what to try. */
final class Invitation {
    private final World world;

    Invitation(World world) {
        this.world = world;
    }

    void print(PrintWriter out) {
        String contract = world.contracts().gatewayPolicy().toString();
        String rpc = world.chain().rpc().toString();
        out.printf(
                """

                  chain      anvil at %s, GatewayPolicy %s
                  policy     %s -> %s
                  authority  pebble (ACME) at %s
                  gateway    ready after %.1f s, operations at http://127.0.0.1:%d/status

                  try        curl --cacert %s --resolve %s:%d:127.0.0.1 %s
                  verify     ./attestgate verify %s --ca %s --allow-simulated --contract %s --rpc %s
                  govern     ./attestgate policy publish --rpc %s --contract %s --key %s \\
                               --name %s FILE
                             (then the same curl answers from the new upstream; no restart, nothing dropped)
                  document   %s

                Ctrl-C ends everything.
                """,
                rpc,
                contract,
                World.DOMAIN,
                world.upstream(),
                world.authority().directory(),
                world.gateway().startTime().toMillis() / 1000.0,
                world.ports().operations(),
                world.issuerRoot(),
                World.DOMAIN,
                world.ports().https(),
                world.url(),
                world.url(),
                world.issuerRoot(),
                contract,
                rpc,
                rpc,
                contract,
                io.attestgate.peer.Anvil.KEYS.getFirst(),
                World.DOMAIN,
                world.folder().resolve("app.json"));
        out.flush();
    }
}
