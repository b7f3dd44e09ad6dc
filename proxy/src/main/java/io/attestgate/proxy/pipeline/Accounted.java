package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.http.Exchange;
import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.PlainText;
import io.attestgate.proxy.http.RequestHead;
import io.attestgate.proxy.http.ResponseHead;
import io.attestgate.proxy.pipeline.RequestObserver.Answerer;
import io.attestgate.proxy.pipeline.RequestObserver.Ended;
import io.attestgate.proxy.pipeline.RequestObserver.Ending;
import io.attestgate.proxy.pipeline.RequestObserver.Port;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One exchange, answered once, counted, and reported to the observer when it ends. */
final class Accounted {
    private final Exchange exchange;
    private final RequestObserver observer;
    private final Port port;
    private final long startNanos;
    private final Map<String, String> fields;
    private boolean known;
    private boolean ended;
    private int status;
    private Answerer answerer = Answerer.GATEWAY;
    private long requestBytes;
    private long responseBytes;

    Accounted(Exchange exchange, RequestObserver observer, Port port) {
        this.exchange = exchange;
        this.observer = observer;
        this.port = port;
        this.startNanos = exchange.connection().loop().nanoTime();
        this.fields = observer.keep(exchange.request().headers());
    }

    Exchange exchange() {
        return exchange;
    }

    RequestHead request() {
        return exchange.request();
    }

    long startNanos() {
        return startNanos;
    }

    /** The policy has the host. */
    void known() {
        known = true;
    }

    boolean isAnswered() {
        return status != 0;
    }

    boolean isEnded() {
        return ended;
    }

    /** Counts a piece of the request's body; the total so far. */
    long received(int bytes) {
        requestBytes += bytes;
        return requestBytes;
    }

    long responseBytes() {
        return responseBytes;
    }

    /** Gives the head of the answer. */
    void answer(ResponseHead head, Answerer from) {
        status = head.status();
        answerer = from;
        exchange.answer(head);
    }

    void write(ByteBuf data) {
        responseBytes += data.readableBytes();
        exchange.write(data);
    }

    /** Ends the answer well. */
    void end(Headers trailers) {
        report(Ending.COMPLETE);
        exchange.end(trailers);
    }

    /** Ends it badly, so that the client knows. */
    void cut() {
        report(Ending.CUT);
        exchange.cut();
    }

    /** Ends it because it may not go on: the policy's doing, whoever answered. */
    void cancel() {
        answerer = Answerer.POLICY;
        report(Ending.CUT);
        exchange.cancel();
    }

    void clientGone() {
        report(Ending.CLIENT_GONE);
    }

    /** Gives a whole answer with {@code body}, which HEAD gets the head of. */
    void answerWhole(ResponseHead head, byte[] body, Answerer from) {
        answer(head, from);
        if (!request().isHead()) {
            write(Unpooled.wrappedBuffer(body));
        }
        end(new Headers());
    }

    /** Gives a short text, as {@code head} has it. */
    void answerText(PlainText text, ResponseHead head, Answerer from) {
        answerWhole(head, text.text().getBytes(StandardCharsets.US_ASCII), from);
    }

    private void report(Ending ending) {
        if (ended) {
            return;
        }
        ended = true;
        observer.requestEnded(
                new Ended(
                        port,
                        Optional.of(request().host()),
                        known,
                        request().version(),
                        request().method().toString(),
                        request().target().toString(),
                        status,
                        answerer,
                        ending,
                        requestBytes,
                        responseBytes,
                        Duration.ofNanos(exchange.connection().loop().nanoTime() - startNanos),
                        exchange.connection().remoteAddress().getAddress(),
                        fields));
    }
}
