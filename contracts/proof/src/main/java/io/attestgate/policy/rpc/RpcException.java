package io.attestgate.policy.rpc;

import java.util.Optional;

/** An endpoint gave no answer that can be used. */
public final class RpcException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final Optional<byte[]> data;

    RpcException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.data = Optional.empty();
    }

    RpcException(String error, Optional<byte[]> data) {
        super(error);
        this.kind = Kind.ERROR;
        this.data = data;
    }

    RpcException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.data = Optional.empty();
    }

    public Kind kind() {
        return kind;
    }

    /** What the EVM returned, where the call ran and was reverted. */
    public Optional<byte[]> data() {
        return data.map(byte[]::clone);
    }

    /** Every way in which a call fails. */
    public enum Kind {
        /** No connection, or it broke. */
        UNREACHABLE,
        /** No whole answer within the time. */
        TIMED_OUT,
        /** More bytes than the limit. */
        TOO_LARGE,
        /** Not HTTP 200, not JSON, or not the answer to what was asked (JSON-RPC 2.0 §5). */
        MALFORMED,
        /** The endpoint's own error object (JSON-RPC 2.0 §5.1). */
        ERROR
    }
}
