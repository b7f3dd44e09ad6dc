package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.rpc.BoundedHttp;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Documents of a web server, each as a file named by its hash: {@code 0x} and 64 digits. Other
 * bytes than those of the hash are as good as none.
 *
 * @param base ends with a slash
 * @param http fetches; closed by whoever opened it
 */
record MirrorDocuments(URI base, BoundedHttp http) implements Documents {

    /** Stops at the first file that does not come, so that a slow mirror costs its time once. */
    @Override
    public Map<Hash32, StoredDocument> find(Map<Hash32, Address> wanted)
            throws PolicyReadException {
        Map<Hash32, StoredDocument> found = new HashMap<>();
        for (Hash32 hash : wanted.keySet()) {
            try {
                Optional<byte[]> bytes = http.file(base.resolve(hash.toString()));
                bytes.map(StoredDocument::of)
                        .filter(document -> document.hash().equals(hash))
                        .ifPresent(document -> found.put(hash, document));
            } catch (RpcException e) {
                if (found.isEmpty()) {
                    throw e.asReadFailure();
                }
                return found;
            }
        }
        return found;
    }
}
