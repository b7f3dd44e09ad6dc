package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.SigningRoot;
import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.Branch;
import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.ExecutionPayloadHeader;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.policy.beacon.spec.LightClientHeader;
import io.attestgate.policy.beacon.spec.SyncAggregate;
import io.attestgate.policy.beacon.spec.SyncCommittee;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.Arrays;

/** Makes the messages of publications, honestly or with one lie in them. */
final class Messages {
    /** A stranger's. */
    private static final String ROGUE = "attestgate rogue beacon";

    private final BeaconNetwork network;
    private final InventedChain chain;

    Messages(BeaconNetwork network, InventedChain chain) {
        this.network = network;
        this.chain = chain;
    }

    Json bootstrap(Publication publication, Lie lie) {
        Fork fork = chain.forkAt(publication.finalized().header().beacon().slot());
        BeaconBlock block =
                lie == Lie.FORGED_BOOTSTRAP ? publication.attested() : publication.finalized();
        long period = network.periodAt(block.header().beacon().slot());
        SyncCommittee committee =
                lie == Lie.ROGUE_COMMITTEE || lie == Lie.FORGED_COMMITTEE
                        ? rogue().committee()
                        : chain.committee(period).committee();
        return envelope(
                fork,
                lie,
                Json.object(
                        "header",
                        MessageJson.header(block.header(), fork),
                        "current_sync_committee",
                        MessageJson.committee(committee),
                        "current_sync_committee_branch",
                        MessageJson.branch(
                                block.state().branch(fork.currentSyncCommitteeIndex()))));
    }

    Json update(Publication publication, Lie lie) {
        Fork fork = publication.fork();
        long period = network.periodAt(publication.attested().header().beacon().slot());
        SyncCommittee next =
                lie == Lie.FORGED_COMMITTEE
                        ? rogue().committee()
                        : chain.committee(period + 1).committee();
        return envelope(
                fork,
                lie,
                Json.object(
                        "attested_header",
                        attested(publication, lie),
                        "next_sync_committee",
                        MessageJson.committee(next),
                        "next_sync_committee_branch",
                        MessageJson.branch(
                                publication
                                        .attested()
                                        .state()
                                        .branch(fork.nextSyncCommitteeIndex())),
                        "finalized_header",
                        finalized(publication, lie),
                        "finality_branch",
                        finalityBranch(publication, lie),
                        "sync_aggregate",
                        aggregate(publication, lie),
                        "signature_slot",
                        Long.toString(publication.signatureSlot())));
    }

    Json finality(Publication publication, Lie lie) {
        return envelope(
                publication.fork(),
                lie,
                Json.object(
                        "attested_header",
                        attested(publication, lie),
                        "finalized_header",
                        finalized(publication, lie),
                        "finality_branch",
                        finalityBranch(publication, lie),
                        "sync_aggregate",
                        aggregate(publication, lie),
                        "signature_slot",
                        Long.toString(publication.signatureSlot())));
    }

    Json optimistic(Publication publication, Lie lie) {
        return envelope(
                publication.fork(),
                lie,
                Json.object(
                        "attested_header",
                        attested(publication, lie),
                        "sync_aggregate",
                        aggregate(publication, lie),
                        "signature_slot",
                        Long.toString(publication.signatureSlot())));
    }

    private static Json envelope(Fork fork, Lie lie, Json data) {
        Fork other = fork == Fork.CAPELLA ? Fork.ELECTRA : Fork.CAPELLA;
        Fork label = lie == Lie.WRONG_VERSION ? other : fork;
        return Json.object("version", label.label(), "data", data);
    }

    private static Json attested(Publication publication, Lie lie) {
        LightClientHeader header = publication.attested().header();
        return MessageJson.header(
                lie == Lie.FORGED_EXECUTION ? withOtherExecution(header) : header,
                publication.fork());
    }

    private static Json finalized(Publication publication, Lie lie) {
        if (lie == Lie.WITHHELD_FINALITY) {
            return MessageJson.header(LightClientHeader.EMPTY, publication.fork());
        }
        LightClientHeader header = publication.finalized().header();
        BeaconBlock forged =
                BeaconBlock.of(
                        publication.fork(),
                        header.beacon().slot(),
                        header.beacon().parentRoot(),
                        withOtherExecution(header).execution(),
                        publication.finalized().state());
        return MessageJson.header(
                lie == Lie.FORGED_FINALITY ? forged.header() : header, publication.fork());
    }

    private static Json finalityBranch(Publication publication, Lie lie) {
        int index = publication.fork().finalizedRootIndex();
        return MessageJson.branch(
                lie == Lie.WITHHELD_FINALITY
                        ? Branch.zero(Branch.depthOf(index))
                        : publication.attested().state().branch(index));
    }

    private static LightClientHeader withOtherExecution(LightClientHeader header) {
        ExecutionPayloadHeader of = header.execution();
        return new LightClientHeader(
                header.beacon(),
                new ExecutionPayloadHeader(
                        of.parentHash(),
                        of.feeRecipient(),
                        of.stateRoot(),
                        of.receiptsRoot(),
                        of.logsBloom(),
                        of.prevRandao(),
                        of.blockNumber() + 1,
                        of.gasLimit(),
                        of.gasUsed(),
                        of.timestamp(),
                        of.extraData(),
                        of.baseFeePerGas(),
                        Hash32.of(Digests.keccak256(of.blockHash().bytes())),
                        of.transactionsRoot(),
                        of.withdrawalsRoot(),
                        of.blobGasUsed(),
                        of.excessBlobGas()),
                header.executionBranch());
    }

    private CommitteeSecrets rogue() {
        return CommitteeSecrets.of(ROGUE, network.preset().syncCommitteeSize());
    }

    private Json aggregate(Publication publication, Lie lie) {
        int size = network.preset().syncCommitteeSize();
        // One is always away, as on a real network.
        int signers = lie == Lie.BELOW_TWO_THIRDS ? (2 * size - 1) / 3 : size - 1;
        CommitteeSecrets committee =
                lie == Lie.ROGUE_COMMITTEE
                        ? rogue()
                        : chain.committee(network.periodAt(publication.signatureSlot()));
        ByteString signature = committee.sign(signers, signed(publication, lie));
        if (lie == Lie.SIGNATURE_AT_INFINITY) {
            byte[] infinity = new byte[SyncAggregate.SIGNATURE_BYTES];
            infinity[0] = (byte) 0xc0;
            signature = ByteString.of(infinity);
        }
        return Json.object(
                "sync_committee_bits",
                bits(lie == Lie.CLAIMED_SIGNER ? signers + 1 : signers, size).toString(),
                "sync_committee_signature",
                signature.toString());
    }

    private Hash32 signed(Publication publication, Lie lie) {
        ForkActivation fork = network.forkAt(publication.signatureSlot() - 1).orElseThrow();
        byte[] version = fork.version().bytes();
        if (lie == Lie.OTHER_FORK) {
            version[0]++;
        }
        return SigningRoot.of(
                (lie == Lie.WRONG_SIGNATURE ? publication.finalized() : publication.attested())
                        .header()
                        .beacon(),
                ByteString.of(version),
                lie == Lie.OTHER_NETWORK ? Hash32.ZERO : network.genesisValidatorsRoot());
    }

    private static ByteString bits(int signers, int size) {
        byte[] bits = new byte[size / Byte.SIZE];
        Arrays.fill(bits, 0, signers / Byte.SIZE, (byte) 0xff);
        if (signers % Byte.SIZE != 0) {
            bits[signers / Byte.SIZE] = (byte) ((1 << signers % Byte.SIZE) - 1);
        }
        return ByteString.of(bits);
    }
}
