package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.accept.Http01Answers;
import io.attestgate.proxy.respond.LocalAnswers;
import io.attestgate.proxy.route.RouteTable;
import io.attestgate.proxy.tls.TlsIdentities;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the request way takes from the other ways.
 *
 * @param routes the table in force; read once by each request and each handshake, and once a second
 *     by each loop for the requests that run
 * @param identities the keys that we may answer with
 * @param http01 what port 80 answers to an authority
 * @param localAnswers what we answer ourselves
 * @param clock the latest of all clocks, by which permissions end
 * @param blocking where names of upstreams are looked up
 * @param observer is told what happens
 */
public record GatewayParts(
        Supplier<RouteTable> routes,
        TlsIdentities identities,
        Http01Answers http01,
        LocalAnswers localAnswers,
        InstantSource clock,
        Executor blocking,
        RequestObserver observer) {}
