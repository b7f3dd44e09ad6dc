package io.attestgate.client.connect;

/** What a reader's own certificate authorities say about the chain that an endpoint sent. */
public sealed interface WebPki {

    /** Nobody asked them. */
    record NotAsked() implements WebPki {}

    /** The chain leads to one of them, is in time, and is for the host. Revocation was not read. */
    record Accepted(String roots) implements WebPki {}

    /** They do not stand for this chain and this host. */
    record Refused(String roots, String reason) implements WebPki {}
}
