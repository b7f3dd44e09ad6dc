package io.attestgate.collateral.http;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Parsed;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * One thing to ask a service. Two are the same if address, body and reading are; answers are kept
 * by it.
 *
 * @param post the body and its type; a GET without
 * @param reading how the answer is read
 */
public record Question(URI uri, Optional<Post> post, Reading reading) {

    /** A body that is posted. */
    public record Post(String contentType, Octets body) {}

    /** Reads an answer; what is not of the form, or is about something else, is a fault. */
    public interface Reading {
        Parsed<Answer> read(HttpHeaders headers, byte[] body);
    }

    public static Question get(URI uri, Reading reading) {
        return new Question(uri, Optional.empty(), reading);
    }

    public static Question post(URI uri, Post post, Reading reading) {
        return new Question(uri, Optional.of(post), reading);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
