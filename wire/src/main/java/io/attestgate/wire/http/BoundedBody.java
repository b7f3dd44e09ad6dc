package io.attestgate.wire.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects a body of so many bytes and no more; a longer one is cut off and fails. */
public final class BoundedBody implements BodySubscriber<byte[]> {
    private final int sizeBytesMax;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    private BoundedBody(int sizeBytesMax) {
        this.sizeBytesMax = sizeBytesMax;
    }

    /** For {@code HttpClient.sendAsync}; fails with {@link TooLarge}. */
    public static BodyHandler<byte[]> handler(int sizeBytesMax) {
        return info -> new BoundedBody(sizeBytesMax);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newest) {
        subscription = newest;
        newest.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (bytes.size() + buffer.remaining() > sizeBytesMax) {
                cancel();
                return;
            }
            byte[] piece = new byte[buffer.remaining()];
            buffer.get(piece);
            bytes.writeBytes(piece);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(bytes.toByteArray());
    }

    private void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
        body.completeExceptionally(new TooLarge(sizeBytesMax));
    }

    /** The body went on after its limit. */
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(int sizeBytesMax) {
            super("answer: longer (expected: at most %d bytes)".formatted(sizeBytesMax));
        }
    }
}
