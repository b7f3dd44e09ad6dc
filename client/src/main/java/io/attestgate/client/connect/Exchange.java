package io.attestgate.client.connect;

import io.attestgate.wire.Fault;

/** What came of one connection and one request on it. */
public sealed interface Exchange {

    /** A TLS connection stood and the answer came over it, within all bounds. */
    record Answered(ConnectionFacts connection, HttpAnswer answer) implements Exchange {}

    /** A TLS connection stood, but what came over it was no answer. */
    record Unanswered(ConnectionFacts connection, Fault fault) implements Exchange {}

    /** No TLS connection stood. */
    record Unconnected(Fault fault) implements Exchange {}
}
