package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.accept.Deadline;
import io.attestgate.proxy.accept.Loop;
import io.attestgate.proxy.http.BodyLength;
import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.Names;
import io.attestgate.proxy.http.PlainText;
import io.attestgate.proxy.http.RequestHead;
import io.attestgate.proxy.http.RequestReceiver;
import io.attestgate.proxy.http.ResponseHead;
import io.attestgate.proxy.pipeline.RequestObserver.Answerer;
import io.attestgate.proxy.respond.AnswerFields;
import io.attestgate.proxy.respond.LocalAnswer;
import io.attestgate.proxy.respond.LocalAnswers;
import io.attestgate.proxy.respond.LocalRequest;
import io.attestgate.proxy.route.HostRoutes;
import io.attestgate.proxy.tls.TlsFacts;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Requests below {@code /.well-known/attestgate/}: asks for the answer, and gives it in time. */
final class LocalAnswering {
    static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private static final PlainText NOT_FOUND =
            new PlainText(404, "this gateway answers evidence, policy and keys here");
    private static final PlainText FAILED =
            new PlainText(500, "this gateway could not make the answer");
    private static final PlainText LATE =
            new PlainText(503, "this gateway could not make the answer in time");

    private final LocalAnswers answers;
    private final AnswerFields fields;

    LocalAnswering(LocalAnswers answers, AnswerFields fields) {
        this.answers = answers;
        this.fields = fields;
    }

    RequestReceiver answer(Accounted exchange, TlsFacts tls, HostRoutes host) {
        Optional<CompletionStage<LocalAnswer>> stage = answers.answer(local(exchange, tls));
        if (stage.isEmpty()) {
            exchange.answerText(NOT_FOUND, fields.local(NOT_FOUND.head(), host), Answerer.GATEWAY);
        } else {
            await(exchange, stage.get(), host);
        }
        return new Discarding(exchange);
    }

    private void await(Accounted exchange, CompletionStage<LocalAnswer> stage, HostRoutes host) {
        Loop loop = exchange.exchange().connection().loop();
        Deadline deadline = loop.deadline(() -> give(exchange, LATE, host));
        deadline.in(ANSWER_MAX);
        var _ =
                stage.whenComplete(
                        (answer, failure) ->
                                loop.executor()
                                        .execute(
                                                () -> {
                                                    deadline.close();
                                                    give(exchange, answer, host);
                                                }));
    }

    private void give(Accounted exchange, @Nullable LocalAnswer answer, HostRoutes host) {
        if (exchange.isEnded()) {
            return;
        }
        if (answer == null) {
            give(exchange, FAILED, host);
        } else {
            exchange.answerWhole(fields.local(head(answer), host), answer.body(), Answerer.GATEWAY);
        }
    }

    private void give(Accounted exchange, PlainText text, HostRoutes host) {
        if (!exchange.isEnded()) {
            exchange.answerText(text, fields.local(text.head(), host), Answerer.GATEWAY);
        }
    }

    private static ResponseHead head(LocalAnswer answer) {
        Headers headers = new Headers();
        headers.add(Names.CONTENT_TYPE, answer.contentType());
        answer.headers().forEach((name, value) -> headers.add(AsciiString.of(name), value));
        return new ResponseHead(
                answer.status(), headers, new BodyLength.Known(answer.body().length));
    }

    private static LocalRequest local(Accounted exchange, TlsFacts tls) {
        RequestHead request = exchange.request();
        String target = request.target().toString();
        int query = target.indexOf('?');
        return new LocalRequest(
                request.host(),
                request.method().toString(),
                query < 0 ? target : target.substring(0, query),
                query < 0 ? Optional.empty() : Optional.of(target.substring(query + 1)),
                exchange.exchange().connection().remoteAddress().getAddress(),
                tls);
    }
}
