package io.attestgate.proxy.respond;

import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.HopByHop;
import io.attestgate.proxy.http.HttpDate;
import io.attestgate.proxy.http.Names;
import io.attestgate.proxy.http.ResponseHead;
import io.attestgate.proxy.route.CompiledRoute;
import io.attestgate.proxy.route.HostRoutes;

/** What we take from the fields of an answer and what we add. */
public final class AnswerFields {
    private final HttpDate date;

    public AnswerFields(HttpDate date) {
        this.date = date;
    }

    /** Of an upstream's answer: what is of one hop goes, what the policy says comes. */
    public ResponseHead relayed(ResponseHead head, HostRoutes host, CompiledRoute route) {
        Headers headers = head.headers();
        HopByHop.remove(headers);
        route.response().apply(headers);
        if (!head.isInterim()) {
            ours(headers, host);
        }
        return head;
    }

    /** Of an answer of our own for a host that is served. */
    public ResponseHead local(ResponseHead head, HostRoutes host) {
        ours(head.headers(), host);
        return head;
    }

    /** Of an answer of our own where no policy of a host counts. */
    public ResponseHead bare(ResponseHead head) {
        dated(head.headers());
        return head;
    }

    private void ours(Headers headers, HostRoutes host) {
        dated(headers);
        headers.set(Names.STRICT_TRANSPORT_SECURITY, host.hsts());
    }

    /** RFC 9110 §6.6.1: who has a clock adds what the origin left out. */
    private void dated(Headers headers) {
        if (!headers.contains(Names.DATE)) {
            headers.add(Names.DATE, date.value());
        }
    }
}
