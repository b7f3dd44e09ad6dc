package io.attestgate.policy;

/** A policy could not be read, or what was read could not be believed. */
public final class PolicyReadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Failure failure;

    public PolicyReadException(Failure failure, String message) {
        super(failure + ": " + message);
        this.failure = failure;
    }

    public PolicyReadException(Failure failure, String message, Throwable cause) {
        super(failure + ": " + message, cause);
        this.failure = failure;
    }

    /** By name, what went wrong. */
    public Failure failure() {
        return failure;
    }

    /** Every way in which a reading fails, by whose fault it is. */
    public enum Failure {
        /** No connection, or it broke. */
        UNREACHABLE(Fault.TRANSPORT),
        /** No whole answer within the time. */
        TIMED_OUT(Fault.TRANSPORT),
        /** Our own anchor could not be read or kept. */
        ANCHOR_UNAVAILABLE(Fault.OURSELVES),
        /** The endpoint says that it cannot. */
        ENDPOINT_ERROR(Fault.ENDPOINT),
        /** More bytes than any true answer has. */
        ANSWER_TOO_LARGE(Fault.ENDPOINT),
        /** Not what JSON-RPC and the method prescribe. */
        MALFORMED_ANSWER(Fault.ENDPOINT),
        /** The fields of a header do not make the hash that is given for it. */
        WRONG_HEADER(Fault.ENDPOINT),
        /** A light-client message that does not pass one of its checks. */
        WRONG_UPDATE(Fault.ENDPOINT),
        /** The newest finalised block that is trusted is older than the bootstrap file allows. */
        CHECKPOINT_TOO_OLD(Fault.OURSELVES),
        /** A proof does not lead from the state root to what it should prove. */
        WRONG_PROOF(Fault.ENDPOINT),
        /** Too few endpoints answered for the quorum that the bootstrap file asks for. */
        NO_QUORUM(Fault.TRANSPORT),
        /** Enough endpoints answered, and too few of them agree on one block. */
        DISAGREEMENT(Fault.ENDPOINT),
        /** An endpoint's node is behind what the endpoint said to be final, by little. */
        LAGGING(Fault.ENDPOINT),
        /** One key said two different blocks of one number to be final. */
        EQUIVOCATION(Fault.ENDPOINT),
        /** Nobody is left to ask: every endpoint was set aside for what it did before. */
        QUARANTINED(Fault.ENDPOINT),
        /** Another chain than the bootstrap file names. */
        WRONG_CHAIN(Fault.ENDPOINT),
        /** No code at the contract's address. */
        NO_CONTRACT(Fault.ENDPOINT),
        /** Other code than the bootstrap file pins. */
        WRONG_CODE(Fault.ENDPOINT),
        /** State that the contract cannot have: parts of it contradict each other. */
        CONTRADICTORY_STATE(Fault.ENDPOINT),
        /** The bytes given for a document do not have its hash. */
        WRONG_DOCUMENT(Fault.ENDPOINT),
        /** The change log does not lead to the proven head; then all is read. */
        FALSE_LOG(Fault.ENDPOINT),
        /** More names than a gateway reads. */
        TOO_MANY_NAMES(Fault.CONTRACT),
        /** Fewer changes than were seen before. */
        LOWER_EPOCH(Fault.ENDPOINT),
        /** Another head for a number of changes, or another block of a number, than seen before. */
        FORKED_HEAD(Fault.ENDPOINT),
        /** An older finalised block than was seen before. */
        OLDER_BLOCK(Fault.ENDPOINT);

        private final Fault fault;

        Failure(Fault fault) {
            this.fault = fault;
        }

        /** Whose fault it is. */
        public Fault fault() {
            return fault;
        }
    }

    /** Whose fault a failure is. Every one may be tried again; only some will ever be cured so. */
    public enum Fault {
        /** The network between us, or the endpoint is down. */
        TRANSPORT,
        /** The endpoint's: it fails or it lies. */
        ENDPOINT,
        /** What is on the chain. */
        CONTRACT,
        /** Our own disk, or what we were told to trust. */
        OURSELVES
    }
}
