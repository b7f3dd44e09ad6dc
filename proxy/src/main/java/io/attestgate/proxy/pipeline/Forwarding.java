package io.attestgate.proxy.pipeline;

import io.attestgate.policy.document.Limits;
import io.attestgate.policy.document.Timeouts;
import io.attestgate.proxy.accept.Deadline;
import io.attestgate.proxy.accept.Loop;
import io.attestgate.proxy.http.BodyLength;
import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.Methods;
import io.attestgate.proxy.http.PlainText;
import io.attestgate.proxy.http.RequestHead;
import io.attestgate.proxy.http.RequestHead.Upgrade;
import io.attestgate.proxy.http.RequestReceiver;
import io.attestgate.proxy.http.ResponseHead;
import io.attestgate.proxy.pipeline.RequestObserver.Answerer;
import io.attestgate.proxy.respond.AnswerFields;
import io.attestgate.proxy.route.CompiledRoute;
import io.attestgate.proxy.route.HostRoutes;
import io.attestgate.proxy.route.RouteDecision.Refusal;
import io.attestgate.proxy.upstream.UpstreamConnection;
import io.attestgate.proxy.upstream.UpstreamFault;
import io.attestgate.proxy.upstream.UpstreamFault.Sent;
import io.attestgate.proxy.upstream.UpstreamFault.Source;
import io.attestgate.proxy.upstream.UpstreamPool;
import io.attestgate.proxy.upstream.UpstreamReceiver;
import io.attestgate.proxy.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to an upstream and its answer on the way back.
 *
 * <p>For the loop that client and upstream share. The body is held back at the client until there
 * is a connection to write it to; from then on each side is read only while the other keeps up, so
 * that a body of any size takes the memory of two water marks.
 *
 * <p>It ends at the total time of its route's document, a tunnel too, and within {@link
 * Permits#CHECK} after its host is served no more.
 *
 * <p>A request is sent again only if the upstream cannot have acted on it, or acting twice is
 * acting once, and never after a byte of its body was taken from the client.
 */
final class Forwarding
        implements RequestReceiver, UpstreamReceiver, UpstreamPool.Borrower, Permit.Holder {
    private static final PlainText CLIENT_LATE = new PlainText(408, "the body took too long");

    private final Accounted exchange;
    private final HostRoutes host;
    private final CompiledRoute route;
    private final UpstreamPool pool;
    private final AnswerFields fields;
    private final RequestObserver observer;
    private final UpstreamRequest request;
    private final Deadline deadline;
    private final Permit permit;
    private final long latestNanos;
    private int attemptsLeft;
    private boolean bodyTaken;
    private boolean requestDone;
    private boolean tunnel;
    private boolean over;
    private Headers trailers = new Headers();
    private Source late = Source.CONNECT_TIMEOUT;
    private @Nullable UpstreamConnection upstream;

    Forwarding(
            Accounted exchange,
            HostRoutes host,
            CompiledRoute route,
            OnLoop onLoop,
            AnswerFields fields,
            RequestObserver observer) {
        this.exchange = exchange;
        this.host = host;
        this.route = route;
        this.pool = onLoop.pool();
        this.fields = fields;
        this.observer = observer;
        this.request = upstreamRequest();
        Loop loop = exchange.exchange().connection().loop();
        this.deadline = loop.deadline(this::late);
        this.permit = onLoop.permits().issue(exchange.request().host(), this);
        this.latestNanos = exchange.startNanos() + timeouts().total().toNanos();
        this.attemptsLeft = route.policy().retries().attemptsMax();
    }

    private UpstreamRequest upstreamRequest() {
        RequestHead head = exchange.request();
        boolean webSocket = head.upgrade() != Upgrade.NONE;
        return new UpstreamRequest(
                webSocket ? Methods.GET : head.method(),
                head.target(),
                ForwardedFields.of(
                        head, exchange.exchange().connection().remoteAddress().getAddress(), route),
                webSocket ? BodyLength.NONE : head.body(),
                webSocket);
    }

    private Timeouts timeouts() {
        return route.policy().timeouts();
    }

    private Limits limits() {
        return route.policy().limits();
    }

    /** Sets out. */
    void start() {
        boolean hasBody = !(exchange.request().body() instanceof BodyLength.None);
        if (hasBody || exchange.request().upgrade() == Upgrade.WEBSOCKET_HTTP2) {
            exchange.exchange().pauseBody();
        }
        expect(Source.CONNECT_TIMEOUT);
        pool.borrow(route.targets().next(), timeouts().connect(), this);
    }

    private void expect(Source next) {
        late = next;
        switch (next) {
            case CONNECT_TIMEOUT -> deadline.in(timeouts().connect(), latestNanos);
            case FIRST_BYTE_TIMEOUT -> deadline.in(timeouts().firstByte(), latestNanos);
            default -> deadline.in(timeouts().idle(), latestNanos);
        }
    }

    // From the pool.

    @Override
    public void connected(UpstreamConnection connection) {
        if (over) {
            connection.abandon();
            return;
        }
        upstream = connection;
        connection.begin(request, this);
        boolean hasNoBody = request.body() instanceof BodyLength.None;
        if (requestDone || hasNoBody) {
            connection.finish(trailers);
            expect(Source.FIRST_BYTE_TIMEOUT);
        } else {
            expect(Source.IDLE_TIMEOUT);
            exchange.exchange().resumeBody();
        }
    }

    // From the client.

    @Override
    public void data(ByteBuf data) {
        UpstreamConnection to = upstream;
        if (over || to == null) {
            data.release();
            return;
        }
        bodyTaken = true;
        if (exchange.received(data.readableBytes()) > limits().requestBodyBytesMax() && !tunnel) {
            data.release();
            refuse(PolicyLimits.BODY_TOO_LONG);
            return;
        }
        to.write(data);
        expect(Source.IDLE_TIMEOUT);
        if (!to.isWritable()) {
            exchange.exchange().pauseBody();
        }
    }

    @Override
    public void end(Headers received) {
        if (over || requestDone) {
            return;
        }
        requestDone = true;
        trailers = received;
        if (tunnel) {
            stop();
            exchange.end(new Headers());
            return;
        }
        if (upstream != null) {
            upstream.finish(received);
            expect(exchange.isAnswered() ? Source.IDLE_TIMEOUT : Source.FIRST_BYTE_TIMEOUT);
        }
    }

    @Override
    public void gone() {
        if (!over) {
            exchange.clientGone();
            stop();
        }
    }

    // From both sides: the other keeps up again.

    @Override
    public void writable() {
        if (over || upstream == null) {
            return;
        }
        if (upstream.isWritable()) {
            exchange.exchange().resumeBody();
        }
        // What came with the body may have ended the request.
        if (upstream != null && exchange.exchange().isWritable()) {
            upstream.resume();
        }
    }

    // From the upstream.

    @Override
    public void response(ResponseHead head) {
        if (over) {
            return;
        }
        expect(Source.IDLE_TIMEOUT);
        if (head.isInterim()) {
            exchange.exchange().interim(fields.relayed(head, host, route));
            return;
        }
        if (isTooLong(head)) {
            fail(new UpstreamFault(Source.PROTOCOL, Sent.YES, "longer than the policy allows"));
            return;
        }
        tunnel = head.status() == ResponseHead.SWITCHING_PROTOCOLS;
        exchange.answer(fields.relayed(head, host, route), Answerer.UPSTREAM);
    }

    private boolean isTooLong(ResponseHead head) {
        return head.body() instanceof BodyLength.Known(long bytes)
                && bytes > limits().responseBodyBytesMax()
                && !exchange.request().isHead();
    }

    @Override
    public void body(ByteBuf data) {
        if (over) {
            data.release();
            return;
        }
        exchange.write(data);
        if (exchange.responseBytes() > limits().responseBodyBytesMax() && !tunnel) {
            stop();
            exchange.cut();
            return;
        }
        expect(Source.IDLE_TIMEOUT);
        if (!exchange.exchange().isWritable() && upstream != null) {
            upstream.pause();
        }
    }

    @Override
    public void complete(Headers received) {
        if (over) {
            return;
        }
        over = true;
        upstream = null;
        deadline.close();
        permit.close();
        exchange.end(received);
    }

    @Override
    public void failed(UpstreamFault fault) {
        upstream = null;
        if (over) {
            return;
        }
        observer.upstreamFailed(exchange.request().host(), fault);
        if (mayRetry(fault)) {
            expect(Source.CONNECT_TIMEOUT);
            if (fault.sent() == Sent.ON_A_WORN_CONNECTION) {
                pool.borrowNew(route.targets().next(), timeouts().connect(), this);
            } else {
                attemptsLeft--;
                pool.borrow(route.targets().next(), timeouts().connect(), this);
            }
        } else {
            fail(fault);
        }
    }

    private boolean mayRetry(UpstreamFault fault) {
        boolean isRepeatable =
                Methods.isIdempotent(exchange.request().method())
                        && request.body() instanceof BodyLength.None;
        return !bodyTaken
                && !exchange.isAnswered()
                && fault.source() != Source.OVERLOAD
                && fault.source() != Source.PROTOCOL
                && switch (fault.sent()) {
                    case NO -> attemptsLeft > 0;
                    case ON_A_WORN_CONNECTION -> isRepeatable;
                    case YES -> isRepeatable && attemptsLeft > 0;
                };
    }

    // From the permits.

    /** An answer that has not begun is the one that a new request would get. */
    @Override
    public void forbidden(Refusal refusal) {
        stop();
        if (exchange.isAnswered()) {
            exchange.cancel();
        } else {
            PlainText text = RequestPipeline.text(refusal);
            answer(text, fields.bare(text.head()), Answerer.POLICY);
        }
    }

    // From the deadline.

    private void late() {
        if (over) {
            return;
        }
        if (late == Source.IDLE_TIMEOUT && !exchange.isAnswered() && isClientLate()) {
            refuse(CLIENT_LATE);
            return;
        }
        boolean isTotal = exchange.exchange().connection().loop().nanoTime() >= latestNanos;
        UpstreamFault fault =
                new UpstreamFault(isTotal ? Source.TOTAL_TIMEOUT : late, Sent.YES, "too late");
        observer.upstreamFailed(exchange.request().host(), fault);
        fail(fault);
    }

    /** Whether the upstream is ready for a body that does not come. */
    private boolean isClientLate() {
        return !requestDone
                && !(request.body() instanceof BodyLength.None)
                && upstream != null
                && upstream.isWritable();
    }

    private void fail(UpstreamFault fault) {
        refuse(new PlainText(fault.source().status(), fault.source().sentence()));
    }

    /** Answers by ourselves if there is still time for it, else breaks off. */
    private void refuse(PlainText text) {
        stop();
        if (exchange.isAnswered()) {
            exchange.cut();
        } else {
            answer(text, fields.local(text.head(), host), Answerer.GATEWAY);
        }
    }

    private void answer(PlainText text, ResponseHead head, Answerer from) {
        exchange.answerText(text, head, from);
        exchange.exchange().resumeBody();
    }

    private void stop() {
        over = true;
        deadline.close();
        permit.close();
        UpstreamConnection abandoned = upstream;
        upstream = null;
        if (abandoned != null) {
            abandoned.abandon();
        }
    }
}
