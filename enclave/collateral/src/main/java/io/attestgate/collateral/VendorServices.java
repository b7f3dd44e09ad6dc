package io.attestgate.collateral;

import io.attestgate.collateral.amd.KeyService;
import io.attestgate.collateral.http.Service;
import io.attestgate.collateral.intel.IntelService;
import io.attestgate.collateral.nvidia.OcspService;
import io.attestgate.collateral.nvidia.RimService;

/**
 * Whom to ask about which vendor's platforms. Each may be the vendor's own service, a cache of it,
 * or anybody who has the same paths: none is trusted for what it says.
 */
public record VendorServices(
        IntelService intel, KeyService amd, RimService rims, OcspService ocsp) {

    /** The vendors' own, in public. */
    public static VendorServices standard() {
        return new VendorServices(
                IntelService.Pcs.standard(),
                new KeyService(new Service(KeyService.KDS)),
                new RimService(new Service(RimService.PUBLIC)),
                new OcspService(new Service(OcspService.PUBLIC)));
    }

    public VendorServices withIntel(IntelService other) {
        return new VendorServices(other, amd, rims, ocsp);
    }

    public VendorServices withAmd(KeyService other) {
        return new VendorServices(intel, other, rims, ocsp);
    }

    public VendorServices withNvidia(RimService otherRims, OcspService otherOcsp) {
        return new VendorServices(intel, amd, otherRims, otherOcsp);
    }
}
