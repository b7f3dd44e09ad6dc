package io.attestgate.client.connect;

import io.attestgate.wire.Hash32;

/**
 * What was seen of one TLS connection.
 *
 * @param address where it went, as text
 * @param protocol the TLS version
 * @param spki SHA-256 of the leaf certificate's SubjectPublicKeyInfo
 * @param webPki what the reader's roots say of the chain
 */
public record ConnectionFacts(String address, String protocol, Hash32 spki, WebPki webPki) {}
