package io.attestgate.client.chain;

import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;

/** One account at one block. */
record AccountState(ChainQuestions chain, Address account, Hash32 block) {

    /** The same account at another block. */
    AccountState at(Hash32 other) {
        return new AccountState(chain, account, other);
    }

    StorageWord word(Hash32 slot) throws UnreadableChain {
        return new StorageWord(chain.word(account, slot, block));
    }

    /** Lets pass only an account that has exactly this code. */
    void requireCode(String contract, Hash32 codeHash) throws UnreadableChain {
        Hash32 found = Hash32.of(Digests.keccak256(chain.code(account, block)));
        if (!found.equals(codeHash)) {
            String expected = codeHash + ", this release's " + contract;
            throw new UnreadableChain(new Fault("code of " + account, found.toString(), expected));
        }
    }
}
