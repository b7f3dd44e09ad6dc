package io.attestgate.proxy.pipeline;

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
import io.attestgate.proxy.tls.TlsPolicy.Admission;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Port 80: answers a certificate authority's HTTP-01 (RFC 8555 §8.3) and sends everything else to
 * https. Nothing that is asked here reaches an upstream.
 */
final class PlainHttp implements RequestHandler {
    static final String CHALLENGES = "/.well-known/acme-challenge/";
    private static final PlainText UNKNOWN_HOST =
            new PlainText(421, "this gateway's policy does not have the host");
    private static final PlainText NO_CHALLENGE =
            new PlainText(404, "no such challenge is being answered");
    private static final AsciiString OCTETS = AsciiString.cached("application/octet-stream");

    private final GatewayParts parts;
    private final AnswerFields fields;
    private final int httpsPort;

    PlainHttp(GatewayParts parts, AnswerFields fields, int httpsPort) {
        this.parts = parts;
        this.fields = fields;
        this.httpsPort = httpsPort;
    }

    @Override
    public RequestReceiver handle(Exchange exchange) {
        Accounted accounted = new Accounted(exchange, parts.observer(), Port.HTTP);
        RequestHead request = exchange.request();
        String path = request.path().toString();
        if (path.startsWith(CHALLENGES)) {
            challenge(accounted, path.substring(CHALLENGES.length()));
        } else if (isServed(request)) {
            accounted.known();
            redirect(accounted);
        } else {
            give(accounted, UNKNOWN_HOST);
        }
        return new Discarding(accounted);
    }

    private boolean isServed(RequestHead request) {
        return parts.routes().get().admission(request.host(), parts.clock().instant())
                instanceof Admission.Served;
    }

    private void challenge(Accounted exchange, String token) {
        Optional<String> answer = parts.http01().http01(exchange.request().host(), token);
        if (answer.isEmpty()) {
            give(exchange, NO_CHALLENGE);
            return;
        }
        byte[] body = answer.get().getBytes(StandardCharsets.US_ASCII);
        Headers headers = new Headers().add(Names.CONTENT_TYPE, OCTETS);
        ResponseHead head = new ResponseHead(200, headers, new BodyLength.Known(body.length));
        exchange.answerWhole(fields.bare(head), body, Answerer.GATEWAY);
    }

    /** 308 keeps method and body (RFC 9110 §15.4.9). */
    private void redirect(Accounted exchange) {
        RequestHead request = exchange.request();
        String port = httpsPort == 443 ? "" : ":" + httpsPort;
        String target = request.target().contentEquals("*") ? "/" : request.target().toString();
        Headers headers =
                new Headers().add(Names.LOCATION, "https://" + request.host() + port + target);
        ResponseHead head = new ResponseHead(308, headers, BodyLength.NONE);
        exchange.answerWhole(fields.bare(head), new byte[0], Answerer.POLICY);
    }

    private void give(Accounted exchange, PlainText text) {
        exchange.answerText(text, fields.bare(text.head()), Answerer.GATEWAY);
    }

    @Override
    public void refused(FrontConnection connection, Version version, int status, String why) {
        parts.observer()
                .requestEnded(RequestObserver.noRequest(Port.HTTP, connection, version, status));
    }
}
