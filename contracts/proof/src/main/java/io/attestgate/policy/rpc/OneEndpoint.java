package io.attestgate.policy.rpc;

import io.attestgate.policy.PolicyReadException;

/** The one endpoint there is: asked again whatever it did. */
record OneEndpoint(JsonRpc rpc) implements ProofEndpoints {

    @Override
    public <T> T ask(Question<T> question) throws PolicyReadException {
        return question.askOf(rpc);
    }

    @Override
    public void close() {
        rpc.close();
    }
}
