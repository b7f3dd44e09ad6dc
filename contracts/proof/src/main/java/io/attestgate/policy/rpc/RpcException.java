package io.attestgate.policy.rpc;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
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

    /** The same by the name that a reading fails by. */
    public PolicyReadException asReadFailure() {
        Failure failure =
                switch (kind) {
                    case UNREACHABLE -> Failure.UNREACHABLE;
                    case TIMED_OUT -> Failure.TIMED_OUT;
                    case TOO_LARGE -> Failure.ANSWER_TOO_LARGE;
                    case MALFORMED -> Failure.MALFORMED_ANSWER;
                    case ERROR -> Failure.ENDPOINT_ERROR;
                };
        return new PolicyReadException(failure, String.valueOf(getMessage()), this);
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
