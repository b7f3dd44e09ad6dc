package io.attestgate.proxy.pipeline;

import io.attestgate.policy.document.Limits;
import io.attestgate.proxy.http.BodyLength;
import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.PlainText;
import io.attestgate.proxy.http.RequestHead;
import java.util.Optional;

/** What a policy's limits say about a request before its body is read. */
final class PolicyLimits {
    static final PlainText BODY_TOO_LONG =
            new PlainText(413, "the body is longer than the host's policy allows");
    private static final PlainText HEAD_TOO_LONG =
            new PlainText(431, "the fields are longer than the host's policy allows");

    /** Colon, space, CR and LF. */
    private static final int FIELD_OVERHEAD_BYTES = 4;

    private PolicyLimits() {}

    /** The refusal; empty if the request keeps within the limits, as far as it says. */
    static Optional<PlainText> refusal(RequestHead request, Limits limits) {
        if (headBytes(request) > limits.requestHeaderBytesMax()) {
            return Optional.of(HEAD_TOO_LONG);
        }
        return request.body() instanceof BodyLength.Known(long bytes)
                        && bytes > limits.requestBodyBytesMax()
                ? Optional.of(BODY_TOO_LONG)
                : Optional.empty();
    }

    private static long headBytes(RequestHead request) {
        Headers headers = request.headers();
        return (long) request.method().length()
                + request.target().length()
                + request.authority().length()
                + headers.lengthBytes()
                + (long) headers.size() * FIELD_OVERHEAD_BYTES;
    }
}
