package io.attestgate.attest.seal;

import static io.attestgate.attest.seal.StoreFixture.TLS;
import static io.attestgate.attest.seal.StoreFixture.open;
import static io.attestgate.attest.seal.StoreFixture.put;
import static io.attestgate.attest.seal.StoreFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * That who holds the compartment of one purpose cannot open what is sealed for another, whatever he
 * does with it and with the disk.
 */
final class LeastPrivilegeTest {
    private static final String KEY = "an account's key";

    private static final List<Purpose> OTHERS =
            List.of(
                    TLS,
                    Purpose.tls(new Hostname("b.example")),
                    Purpose.ANCHOR,
                    Purpose.CLUSTER,
                    Purpose.MESH,
                    Purpose.UPGRADE);

    private final FragileDisk disk = new FragileDisk();

    /** Seals an account's key, and returns the name of its file. */
    private String sealAccountKey(SealedStore store) throws Exception {
        TreeSet<String> before = new TreeSet<>(disk.names());
        store.compartment(Purpose.ACME_ACCOUNT).commit(put(Map.of("key", KEY)));
        TreeSet<String> after = new TreeSet<>(disk.names());
        after.removeAll(before);
        after.removeAll(List.of("manifest", "register", "lock"));
        assertThat(after).hasSize(1);
        return after.first();
    }

    @Test
    void noOtherCompartmentSeesOrOpensAnAccountKey() throws Exception {
        try (SealedStore store = open(disk)) {
            String file = sealAccountKey(store);
            assertThat(text(store.compartment(Purpose.ACME_ACCOUNT), "key")).contains(KEY);
            for (Purpose other : OTHERS) {
                Compartment held = store.compartment(other);
                assertThat(held.names()).isEmpty();
                assertThat(held.open("key")).isEmpty();
                assertThat(file).isIn(disk.names());
            }
        }
    }

    /** He who owns the disk too gives the account's file the name of an entry that is his. */
    @Test
    void anAccountKeysFileOpensUnderNoOtherPurpose() throws Exception {
        for (Purpose other : OTHERS) {
            try (SealedStore store = open(disk)) {
                String accountFile = sealAccountKey(store);
                TreeSet<String> before = new TreeSet<>(disk.names());
                Compartment held = store.compartment(other);
                held.commit(put(Map.of("key", "his own")));
                TreeSet<String> his = new TreeSet<>(disk.names());
                his.removeAll(before);
                assertThat(his).hasSize(1);
                disk.write(his.first(), disk.read(accountFile, 1 << 17).orElseThrow());

                assertThatExceptionOfType(SealException.class)
                        .isThrownBy(() -> assertThat(text(held, "key")).isEmpty())
                        .satisfies(
                                e ->
                                        assertThat(e.reason())
                                                .isEqualTo(SealException.Reason.DAMAGED));
                held.commit(Changes.none().remove("key"));
                store.compartment(Purpose.ACME_ACCOUNT).commit(Changes.none().remove("key"));
            }
        }
    }

    /** The seal alone holds as well, where a manifest named the account's file for his entry. */
    @Test
    void anAccountKeysSealIsBoundToItsPurpose() throws Exception {
        byte[] file;
        try (SealedStore store = open(disk)) {
            file = disk.read(sealAccountKey(store), 1 << 17).orElseThrow();
        }
        try (SecretMemory secret = StoreFixture.platform(disk).sealingSecret();
                SealingKeys keys = SealingKeys.of(secret, StoreFixture.CONFIG)) {
            BlobFiles blobs = new BlobFiles(disk, keys, new Aead(new SecureRandom()));
            Entry.Blob named = new Entry.Blob(1, Hash32.of(Digests.sha256(file)));
            for (Purpose other : OTHERS) {
                Entry entry = new Entry(other, "key");
                disk.write(entry.file(1), file);
                assertThatExceptionOfType(SealException.class)
                        .isThrownBy(
                                () -> {
                                    try (SecretMemory opened = blobs.open(entry, named)) {
                                        throw new AssertionError(opened);
                                    }
                                })
                        .withMessageContaining("another seal");
            }
        }
    }

    /** Each purpose has a key of its own, so that a leaked one opens nothing else. */
    @Test
    void noTwoPurposesHaveOneKey() throws Exception {
        try (SecretMemory secret = SecretMemory.move(new byte[] {1});
                SealingKeys keys = SealingKeys.of(secret, StoreFixture.CONFIG)) {
            TreeSet<String> all = new TreeSet<>();
            for (Purpose purpose : OTHERS) {
                all.add(keys.lend(purpose.value(), Arrays::toString));
            }
            all.add(keys.lend(Purpose.ACME_ACCOUNT.value(), Arrays::toString));
            all.add(keys.lend("manifest", Arrays::toString));
            assertThat(all).hasSize(OTHERS.size() + 2);
        }
    }

    /** There is no way from what a stage is handed back to the store, or to another purpose. */
    @Test
    void aCompartmentSaysAndDoesNothingButItsOwnPurpose() throws Exception {
        assertThat(Compartment.class.getDeclaredMethods())
                .extracting(Method::getName)
                .containsExactlyInAnyOrder("names", "open", "commit");
        try (SealedStore store = open(disk)) {
            Class<?> handed = store.compartment(TLS).getClass();
            assertThat(Modifier.isPublic(handed.getModifiers())).isFalse();
            assertThat(handed.getInterfaces()).containsExactly(Compartment.class);
        }
    }
}
