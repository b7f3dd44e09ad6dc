package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.accept.Loop;
import io.attestgate.proxy.http.BodyLength;
import io.attestgate.proxy.http.Exchange;
import io.attestgate.proxy.http.FrontConnection;
import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.Names;
import io.attestgate.proxy.http.PlainText;
import io.attestgate.proxy.http.RequestHandler;
import io.attestgate.proxy.http.RequestHead;
import io.attestgate.proxy.http.RequestReceiver;
import io.attestgate.proxy.http.ResponseHead;
import io.attestgate.proxy.http.Version;
import io.attestgate.proxy.pipeline.RequestObserver.Answerer;
import io.attestgate.proxy.pipeline.RequestObserver.Port;
import io.attestgate.proxy.respond.AnswerFields;
import io.attestgate.proxy.route.HostDecision;
import io.attestgate.proxy.route.HostRoutes;
import io.attestgate.proxy.route.RouteDecision;
import io.attestgate.proxy.route.RouteDecision.Refusal;
import io.attestgate.proxy.route.RouteTable;
import io.attestgate.proxy.tls.TlsFacts;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * What happens to a request that came by TLS, in this order: host and name agree, the policy's
 * table is read once, the host is served, the limits hold, the table decides, and the answer is
 * made here or fetched.
 */
final class RequestPipeline implements RequestHandler {
    private static final PlainText MISDIRECTED =
            new PlainText(
                    421, "the request is for another host than the connection (RFC 9110 §7.4)");
    private static final PlainText SERVER_WIDE = new PlainText(204, "");

    private final GatewayParts parts;
    private final IdentityHashMap<Loop, OnLoop> shared;
    private final AnswerFields fields;
    private final LocalAnswering local;

    RequestPipeline(GatewayParts parts, IdentityHashMap<Loop, OnLoop> shared, AnswerFields fields) {
        this.parts = parts;
        this.shared = shared;
        this.fields = fields;
        this.local = new LocalAnswering(parts.localAnswers(), fields);
    }

    @Override
    public RequestReceiver handle(Exchange exchange) {
        Accounted accounted = new Accounted(exchange, parts.observer(), Port.HTTPS);
        RequestHead request = exchange.request();
        Optional<TlsFacts> tls = exchange.connection().tls();
        if (tls.isEmpty() || !tls.get().serverName().equals(request.host())) {
            return answerText(accounted, MISDIRECTED, Answerer.GATEWAY);
        }
        RouteTable table = parts.routes().get();
        return switch (table.host(request.host(), parts.clock().instant())) {
            case HostDecision.Refused(Refusal refusal) -> refuse(accounted, refusal);
            case HostDecision.Served(HostRoutes host, Instant until) -> {
                accounted.known();
                yield serve(accounted, tls.get(), host);
            }
        };
    }

    private RequestReceiver serve(Accounted exchange, TlsFacts tls, HostRoutes host) {
        RequestHead request = exchange.request();
        if (request.target().contentEquals("*")) {
            return answerAbove(exchange, host);
        }
        Optional<PlainText> refusal = PolicyLimits.refusal(request, host.policy().limits());
        if (refusal.isPresent()) {
            return answerText(exchange, refusal.get(), host, Answerer.GATEWAY);
        }
        return switch (RouteTable.decide(host, request)) {
            case RouteDecision.Local here -> local.answer(exchange, tls, host);
            case RouteDecision.Forward forward -> forward(exchange, host, forward);
            case RouteDecision.Redirected redirected -> redirect(exchange, host, redirected);
            case Refusal refused -> answerText(exchange, text(refused), host, Answerer.POLICY);
        };
    }

    private RequestReceiver forward(
            Accounted exchange, HostRoutes host, RouteDecision.Forward forward) {
        Optional<PlainText> refusal =
                PolicyLimits.refusal(exchange.request(), forward.route().policy().limits());
        if (refusal.isPresent()) {
            return answerText(exchange, refusal.get(), host, Answerer.GATEWAY);
        }
        OnLoop loop = shared.get(exchange.exchange().connection().loop());
        if (loop == null) {
            throw new IllegalStateException("loop: without a pool (expected: one each)");
        }
        Forwarding forwarding =
                new Forwarding(exchange, host, forward.route(), loop, fields, parts.observer());
        forwarding.start();
        return forwarding;
    }

    private RequestReceiver redirect(
            Accounted exchange, HostRoutes host, RouteDecision.Redirected redirected) {
        Headers headers = new Headers().add(Names.LOCATION, redirected.location());
        ResponseHead head = new ResponseHead(redirected.status(), headers, BodyLength.NONE);
        exchange.answerWhole(fields.local(head, host), new byte[0], Answerer.POLICY);
        return new Discarding(exchange);
    }

    /** OPTIONS * asks about the server as a whole (RFC 9110 §9.3.7), of which nothing is to say. */
    private RequestReceiver answerAbove(Accounted exchange, HostRoutes host) {
        ResponseHead head = new ResponseHead(SERVER_WIDE.status(), new Headers(), BodyLength.NONE);
        exchange.answerWhole(fields.local(head, host), new byte[0], Answerer.GATEWAY);
        return new Discarding(exchange);
    }

    private RequestReceiver refuse(Accounted exchange, Refusal refusal) {
        return answerText(exchange, text(refusal), Answerer.POLICY);
    }

    static PlainText text(Refusal refusal) {
        return new PlainText(refusal.status(), refusal.sentence());
    }

    private RequestReceiver answerText(Accounted exchange, PlainText text, Answerer from) {
        exchange.answerText(text, fields.bare(text.head()), from);
        return new Discarding(exchange);
    }

    private RequestReceiver answerText(
            Accounted exchange, PlainText text, HostRoutes host, Answerer from) {
        exchange.answerText(text, fields.local(text.head(), host), from);
        return new Discarding(exchange);
    }

    @Override
    public void refused(FrontConnection connection, Version version, int status, String why) {
        parts.observer()
                .requestEnded(RequestObserver.noRequest(Port.HTTPS, connection, version, status));
    }
}
