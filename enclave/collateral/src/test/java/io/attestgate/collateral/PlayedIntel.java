package io.attestgate.collateral;

import io.attestgate.collateral.intel.IntelService;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.SnpPki;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedMap;

/** Intel's service below a root of our own, at the addresses of its API. */
public final class PlayedIntel {
    public static final String TDX_TCB =
            "/tdx/certification/v4/tcb?fmspc=" + DcapPki.FMSPC + "&update=";
    public static final String SGX_TCB =
            "/sgx/certification/v4/tcb?fmspc=" + DcapPki.FMSPC + "&update=";
    public static final String TDX_QE = "/tdx/certification/v4/qe/identity?update=";
    public static final String SGX_QE = "/sgx/certification/v4/qe/identity?update=";
    public static final String PCK_CRL = "/sgx/certification/v4/pckcrl?ca=platform&encoding=der";
    public static final String ROOT_CRL = "/IntelSGXRootCA.der";
    public static final String PCCS_ROOT_CRL = "/sgx/certification/v4/rootcacrl";
    public static final String TDX_NUMBERS = "/tdx/certification/v4/tcbevaluationdatanumbers";
    public static final String TCB_CHAIN = "TCB-Info-Issuer-Chain";
    public static final String QE_CHAIN = "SGX-Enclave-Identity-Issuer-Chain";
    public static final String CRL_CHAIN = "SGX-PCK-CRL-Issuer-Chain";

    private PlayedIntel() {}

    /** Publishes it all as the documents of that update. */
    public static void publish(PlayedServer server, DcapCollateral collateral, String update) {
        SortedMap<String, byte[]> files = collateral.files();
        String signing = chain(collateral.pki, true);
        server.on(SGX_TCB + update, file(files, "tcb_info_sgx.json"), TCB_CHAIN, signing);
        server.on(TDX_TCB + update, file(files, "tcb_info_tdx.json"), TCB_CHAIN, signing);
        server.on(SGX_QE + update, file(files, "qe_identity.json"), QE_CHAIN, signing);
        server.on(TDX_QE + update, file(files, "td_qe_identity.json"), QE_CHAIN, signing);
        server.on(PCK_CRL, file(files, "pck.crl"), CRL_CHAIN, chain(collateral.pki, false));
        server.on(ROOT_CRL, file(files, "root.crl"));
        server.on(
                PCCS_ROOT_CRL,
                HexFormat.of()
                        .formatHex(file(files, "root.crl"))
                        .getBytes(StandardCharsets.US_ASCII));
    }

    public static IntelService pcs(PlayedServer server) {
        return IntelService.Pcs.at(server.service());
    }

    public static IntelService pccs(PlayedServer server) {
        return new IntelService.Pccs(server.service());
    }

    /** In PEM: the signer of documents or the authority for platforms, and the root. */
    public static String chain(DcapPki pki, boolean signing) {
        return new String(
                SnpPki.pem(
                        (signing ? pki.tcbSigning() : pki.platformAuthority()).certificate(),
                        pki.root().certificate()),
                StandardCharsets.US_ASCII);
    }

    private static byte[] file(SortedMap<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name));
    }
}
