package io.attestgate.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;

/** What the demo prints when everything runs: what is there, and what to try. */
final class Invitation {
    private final World world;
    private final World.PreparedChanges changes;

    Invitation(World world, World.PreparedChanges changes) {
        this.world = world;
        this.changes = changes;
    }

    /**
     * Prints it.
     *
     * @throws IOException if the domain is not served under a certificate of the authority
     */
    void print(PrintWriter out) throws IOException {
        X509Certificate leaf = served();
        String contract = world.contracts().gatewayPolicy().toString();
        out.printf(
                """

                  chain      anvil at %s, GatewayPolicy %s, chain id %d
                  policy     %s -> %s
                  authority  pebble (ACME), %s, until %s; gateway ready after %.1f s
                  operations http://127.0.0.1:%d/status

                  try        curl --cacert %s %s
                  verify     ./attestgate verify %s %s
                  govern     ./attestgate policy publish %s --config %s --key-file %s
                             (the controller of %s may; then the same curl answers from the new upstream;
                             no restart, nothing dropped)

                  vote       on what no controller may change: another HSTS default of the gateway
                             ./attestgate policy propose %s --config %s --key-file %s
                             ./attestgate policy status --config %s
                             for step in 'vote for' queue execute; do ./attestgate policy $step --wait --config %s --key-file %s; done

                Ctrl-C ends everything.
                """,
                world.chain().rpc(),
                contract,
                world.contracts().chainId(),
                World.DOMAIN,
                world.upstream(),
                leaf.getIssuerX500Principal().getName(),
                leaf.getNotAfter().toInstant(),
                world.gateway().startTime().toMillis() / 1000.0,
                world.ports().operations(),
                world.issuerRoot(),
                world.url(),
                world.url(),
                anchor(contract),
                changes.route(),
                world.config(),
                world.keyFile(Dao.Role.CONTROLLER),
                Dao.DELEGATED,
                changes.gateway(),
                world.config(),
                world.keyFile(Dao.Role.VOTER),
                world.config(),
                world.config(),
                world.keyFile(Dao.Role.VOTER));
        out.flush();
    }

    private String anchor(String contract) throws IOException {
        String accepting = String.join(" ", world.machine().accepting(world.measured()));
        return world.machine() instanceof Machine.Simulated
                ? "%s --contract %s --rpc %s".formatted(accepting, contract, world.chain().rpc())
                : "%s --measurement %s".formatted(accepting, world.measured().measurement());
    }

    private X509Certificate served() throws IOException {
        try (Visitor visitor = Visitor.trusting(world.issuerRoot())) {
            return visitor.leaf(world.url());
        }
    }
}
