package io.attestgate.proxy.http;

/**
 * What an HTTP/1.1 connection reads as one request.
 *
 * @param keepsAlive whether another may follow on the connection
 * @param expectsContinue whether the client waits for 100 before it sends the body
 */
record Http1Request(
        RequestHead head, BodyReader body, boolean keepsAlive, boolean expectsContinue) {

    /** What reading gave. */
    sealed interface Read {
        record Good(Http1Request request) implements Read {}

        /** {@code status} says how it is no request that we take, {@code why} what is wrong. */
        record Refused(int status, String why) implements Read {}
    }
}
