package io.attestgate.verify.testpki;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Intel's service would publish, to be made: every field may be changed before {@link #make}
 * signs it. One thread.
 */
public final class DcapCollateral {
    public final DcapPki pki;
    public String fmspc = DcapPki.FMSPC;
    public String pceId = "0000";
    public int evaluation = 17;
    public Validity tcbInfoValidity;
    public Validity identityValidity;
    public Validity crlValidity;
    public final List<Json> sgxLevels = new ArrayList<>();
    public final List<Json> tdxLevels = new ArrayList<>();
    public final List<Json> moduleLevels = new ArrayList<>();
    public final List<Json> qeLevels = new ArrayList<>();
    public final List<X509Certificate> revokedByRoot = new ArrayList<>();
    public final List<X509Certificate> revokedByPlatformAuthority = new ArrayList<>();
    public TestAuthority documentSigner;
    public TestAuthority platformCrlSigner;

    private DcapCollateral(DcapPki pki, Instant now) {
        this.pki = pki;
        this.documentSigner = pki.tcbSigning();
        this.platformCrlSigner = pki.platformAuthority();
        Validity month = new Validity(now.minus(Duration.ofHours(1)), now.plusSeconds(30 * 86_400));
        this.tcbInfoValidity = month;
        this.identityValidity = month;
        this.crlValidity = month;
    }

    /** Holds for 30 days and knows no levels yet. */
    public static DcapCollateral empty(DcapPki pki, Instant now) {
        return new DcapCollateral(pki, now);
    }

    /** Of every kind one level, which the platform of {@link DcapPki} just reaches: up to date. */
    public static DcapCollateral upToDate(DcapPki pki, Instant now) {
        return empty(pki, now)
                .level(DcapPki.SVN, "UpToDate")
                .moduleLevel(DcapPki.SVN, "UpToDate")
                .qeLevel(DcapQuote.QE_ISV_SVN, "UpToDate");
    }

    /** A level for both TEEs with all SVNs alike; levels go from the newest to the oldest. */
    public DcapCollateral level(int svn, String status, String... advisories) {
        return level(svn, svn, status, advisories);
    }

    /** The same, with TDX components of their own. */
    public DcapCollateral level(int sgxSvn, int tdxSvn, String status, String... advisories) {
        sgxLevels.add(
                leveled(
                        Json.object("sgxtcbcomponents", components(sgxSvn), "pcesvn", sgxSvn),
                        status,
                        advisories));
        tdxLevels.add(
                leveled(
                        Json.object(
                                "sgxtcbcomponents", components(sgxSvn),
                                "tdxtcbcomponents", components(tdxSvn),
                                "pcesvn", sgxSvn),
                        status,
                        advisories));
        return this;
    }

    public DcapCollateral moduleLevel(int svn, String status, String... advisories) {
        moduleLevels.add(leveled(Json.object("isvsvn", svn), status, advisories));
        return this;
    }

    public DcapCollateral qeLevel(int svn, String status, String... advisories) {
        qeLevels.add(leveled(Json.object("isvsvn", svn), status, advisories));
        return this;
    }

    private static Json leveled(Json tcb, String status, String... advisories) {
        return Json.object(
                "tcb",
                tcb,
                "tcbDate",
                "2024-03-13T00:00:00Z",
                "tcbStatus",
                status,
                "advisoryIDs",
                Json.Arr.of(List.of(advisories)));
    }

    private static Json components(int svn) {
        return new Json.Arr(
                Collections.nCopies(DcapPki.COMPONENTS, (Json) Json.object("svn", svn)));
    }

    /** The files of a folder. */
    public SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("tcb_info_sgx.json", answer("tcbInfo", tcbInfo("SGX", sgxLevels)));
        files.put("tcb_info_tdx.json", answer("tcbInfo", tcbInfo("TDX", tdxLevels)));
        files.put("qe_identity.json", answer("enclaveIdentity", identity("QE")));
        files.put("td_qe_identity.json", answer("enclaveIdentity", identity("TD_QE")));
        files.put("signing.pem", DcapPki.pem(List.of(pki.tcbSigning().certificate())));
        files.put("root.crl", pki.root().crl(crlValidity, revokedByRoot));
        files.put("pck.crl", platformCrlSigner.crl(crlValidity, revokedByPlatformAuthority));
        return files;
    }

    public Bundle make() {
        return new Bundle(files());
    }

    private byte[] answer(String member, Json body) {
        String text = CanonicalJson.text(body);
        byte[] signature = documentSigner.sign(text.getBytes(StandardCharsets.UTF_8));
        return "{\"%s\":%s,\"signature\":\"%s\"}"
                .formatted(member, text, HexFormat.of().formatHex(signature))
                .getBytes(StandardCharsets.UTF_8);
    }

    private Json tcbInfo(String id, List<Json> levels) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.putAll(
                Json.object(
                                "id",
                                id,
                                "version",
                                3,
                                "issueDate",
                                tcbInfoValidity.from().toString(),
                                "nextUpdate",
                                tcbInfoValidity.until().toString(),
                                "fmspc",
                                fmspc,
                                "pceId",
                                pceId,
                                "tcbType",
                                0,
                                "tcbEvaluationDataNumber",
                                evaluation,
                                "tcbLevels",
                                new Json.Arr(levels))
                        .members());
        if (id.equals("TDX")) {
            members.put("tdxModule", module());
            members.put(
                    "tdxModuleIdentities",
                    new Json.Arr(
                            List.of(
                                    with(
                                            with(module(), "id", new Json.Text("TDX_01")),
                                            "tcbLevels",
                                            new Json.Arr(moduleLevels)))));
        }
        return new Json.Obj(members);
    }

    private static Json.Obj module() {
        return Json.object(
                "mrsigner", "00".repeat(48),
                "attributes", "00".repeat(8),
                "attributesMask", "ff".repeat(8));
    }

    private static Json.Obj with(Json.Obj object, String name, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.put(name, value);
        return new Json.Obj(members);
    }

    private Json identity(String id) {
        return Json.object(
                "id",
                id,
                "version",
                2,
                "issueDate",
                identityValidity.from().toString(),
                "nextUpdate",
                identityValidity.until().toString(),
                "tcbEvaluationDataNumber",
                evaluation,
                "miscselect",
                "00000000",
                "miscselectMask",
                "FFFFFFFF",
                "attributes",
                "11000000000000000000000000000000",
                "attributesMask",
                "FBFFFFFFFFFFFFFF0000000000000000",
                "mrsigner",
                "00".repeat(32),
                "isvprodid",
                0,
                "tcbLevels",
                new Json.Arr(qeLevels));
    }
}
