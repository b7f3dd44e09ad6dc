package io.attestgate.policy.document;

import io.attestgate.wire.Hash32;
import java.util.Optional;
import java.util.Set;

/** Which machines may serve. */
public sealed interface InstanceRule {

    /** Every machine whose evidence is good. */
    record Any() implements InstanceRule {
        @Override
        public boolean allows(Optional<Hash32> instance) {
            return true;
        }
    }

    /** These alone; a machine that does not say which it is, is none of them. */
    record Listed(Set<Hash32> instances) implements InstanceRule {
        public Listed {
            instances = Set.copyOf(instances);
        }

        @Override
        public boolean allows(Optional<Hash32> instance) {
            return instance.filter(instances::contains).isPresent();
        }
    }

    /** Whether the machine of that digest may serve. */
    boolean allows(Optional<Hash32> instance);
}
