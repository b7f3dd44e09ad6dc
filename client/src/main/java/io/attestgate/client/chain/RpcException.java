package io.attestgate.client.chain;

import java.io.IOException;

/** The reader's RPC endpoint did not answer, or not as JSON-RPC prescribes. Another may. */
final class RpcException extends IOException {
    private static final long serialVersionUID = 1L;

    RpcException(String message) {
        super(message);
    }

    RpcException(String message, Throwable cause) {
        super(message, cause);
    }
}
