package io.attestgate.peer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test only where these peers are; elsewhere it is skipped by name. With {@code
 * -Dattestgate.peers=required} an absent peer is a failure.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PeerCondition.class)
public @interface RequiresPeer {
    /** Labels of {@link Peer}. */
    String[] value();
}
