package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.TcbState;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One GPU's report, from its chain to its measurements, in the order of the documentation. */
final class GpuCheck {
    private static final String CLAUSE = "docs/evidence-nvidia.md, checks";
    private static final String POLICY = "the reader's policy";

    private final Report report;
    private final Question question;

    private GpuCheck(Report report, Question question) {
        this.report = report;
        this.question = question;
    }

    static Gpu judge(GpuEvidence evidence, Question question, Optional<Octets> nonce)
            throws RefusedException {
        GpuCheck check = new GpuCheck(evidence.report(), question);
        Device device = Chains.device(check.chain(evidence.chain()), question);
        check.signature(device);
        check.platform(device);
        check.firmware(device);
        check.nonce(nonce);
        check.mode(device.leaf());
        Manifests.Judged judged =
                Manifests.judge(evidence.report(), device.leaf().chip(), question);
        check.floors(evidence.report().said());
        check.state(judged.state());
        return new Gpu(evidence.report(), device, judged);
    }

    /** The evidence's own; else of the collateral's the one whose key signed, or any. */
    private List<X509Certificate> chain(List<X509Certificate> carried) throws RefusedException {
        List<List<X509Certificate>> all = question.collateral().chains();
        if (!carried.isEmpty()) {
            return carried;
        }
        RefusedException.unless(
                !all.isEmpty(),
                Check.COLLATERAL,
                "no chain with the report",
                "one in the evidence or in the collateral",
                CLAUSE);
        return all.stream()
                .filter(chain -> report.isSignedBy(chain.getFirst().getPublicKey()))
                .findFirst()
                .orElse(all.getFirst());
    }

    private void signature(Device device) throws RefusedException {
        RefusedException.unless(
                report.isSignedBy(device.chain().getFirst().getPublicKey()),
                Check.SIGNATURE,
                "another signature over request and response",
                "that of the chain's first key, ECDSA P-384 with SHA-384",
                "DMTF DSP0274 1.1, MEASUREMENTS");
    }

    /** What it is comes before what its firmware must say: switches may say nothing of theirs. */
    private void platform(Device device) throws RefusedException {
        String chip = device.leaf().chip();
        RefusedException.unless(
                device.isGpu(),
                Check.PLATFORM,
                device.leaf().name(),
                "a GPU of Hopper or Blackwell; switches are not judged",
                CLAUSE);
        RefusedException.unless(
                report.said().chip().map(chip::equals).orElse(true),
                Check.PLATFORM,
                "chip " + report.said().chip().orElse(""),
                chip + ", as the certificate has it",
                CLAUSE);
        RefusedException.unless(
                question.accepted().chips().contains(chip),
                Check.PLATFORM,
                chip,
                "one that the policy accepts: " + question.accepted().chips(),
                POLICY);
    }

    /** The key is of the firmware that reports, and of the device that vouches for it. */
    private void firmware(Device device) throws RefusedException {
        Optional<Octets> reported = report.opaque().field(OpaqueData.FWID);
        boolean mayLack = question.accepted().fwid() == NvidiaPolicy.Fwid.IF_REPORTED;
        RefusedException.unless(
                reported.map(device.leaf().fwid()::equals).orElse(mayLack),
                Check.SIGNER,
                "firmware " + reported.map(Octets::toString).orElse("not reported"),
                device.leaf().fwid() + ", as the certificate has it",
                "TCG DICE Attestation Architecture 6.1.1");
        Octets below = Octets.of(device.chain().get(1).getPublicKey().getEncoded());
        RefusedException.unless(
                device.leaf().deviceKey().map(below::equals).orElse(true),
                Check.SIGNER,
                "a key made in another device",
                "one made in that whose certificate vouches for it",
                CLAUSE);
    }

    private void nonce(Optional<Octets> expected) throws RefusedException {
        RefusedException.unless(
                expected.isEmpty() || expected.get().equals(report.nonce()),
                Check.REPORT_DATA,
                report.nonce().toString(),
                expected.map(Octets::toString).orElse(""),
                "docs/evidence.md, claims");
    }

    private void mode(LeafExtensions leaf) throws RefusedException {
        RefusedException.unless(
                !leaf.isUnsafe() || question.policy().debug() == Debug.ACCEPTED,
                Check.DEBUG,
                "flags 0x%02x".formatted(leaf.flags().orElse(0)),
                "firmware that is secure, not in recovery and not in debug",
                "TCG DICE Attestation Architecture 6.1.1");
        RefusedException.unless(
                question.accepted().modes().contains(report.said().mode()),
                Check.MODE,
                report.said().mode().toString(),
                "a mode that the policy accepts: " + question.accepted().modes(),
                POLICY);
    }

    private void floors(Report.Said said) throws RefusedException {
        Optional<Version> driver = said.driverVersion().flatMap(Version::driver);
        floor("driver", driver, driver.map(Version::branch), question.accepted().drivers());
        Optional<Version> vbios = said.vbiosVersion().flatMap(Version::vbios);
        floor("vBIOS", vbios, said.board(), question.accepted().vbios());
    }

    private void floor(
            String what,
            Optional<Version> version,
            Optional<String> name,
            Map<String, Version> floors)
            throws RefusedException {
        Optional<Version> floor = name.flatMap(one -> Optional.ofNullable(floors.get(one)));
        RefusedException.unless(
                version.isPresent()
                        && floor.isPresent()
                        && version.get().compareTo(floor.get()) >= 0,
                Check.TCB_LEVEL,
                "%s %s of %s"
                        .formatted(
                                what,
                                version.map(Version::toString).orElse("unknown"),
                                name.orElse("(unnamed)")),
                "at least the policy's of " + floors,
                POLICY);
    }

    private void state(TcbState state) throws RefusedException {
        Optional<Instant> until = question.policy().until(state, question.now());
        if (until.isEmpty()) {
            throw new RefusedException(
                    Check.TCB_STATE,
                    state.spelling() + question.policy().lapse(state),
                    "a state that the policy accepts at " + question.now(),
                    POLICY);
        }
        question.expiry().at(until.get());
    }
}
