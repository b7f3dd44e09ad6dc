package io.attestgate.proxy.bootstrap;

import io.attestgate.collateral.VendorServices;
import io.attestgate.collateral.amd.KeyService;
import io.attestgate.collateral.http.Service;
import io.attestgate.collateral.intel.IntelService;
import java.util.Optional;

/**
 * Reads {@code collateral}: which services a gateway asks for what it judges its own hardware by.
 * They are trusted with nothing, since vendors sign what they give; so each has a default.
 */
final class CollateralReader {
    private static final String KEY = "collateral";
    private static final String PCS = "pcs";
    private static final String PCCS = "pccs";
    private static final String KDS = "kds";
    private static final String RULE = "an https URL, or http on loopback";

    private final Faults faults;

    CollateralReader(Faults faults) {
        this.faults = faults;
    }

    /** The vendors' own where the file names no others. */
    VendorServices read(Section root) {
        VendorServices standard = VendorServices.standard();
        return root.has(KEY)
                ? root.section(KEY).map(section -> read(section, standard)).orElse(standard)
                : standard;
    }

    private VendorServices read(Section section, VendorServices standard) {
        if (section.has(PCS) && section.has(PCCS)) {
            faults.add(section.at(PCCS), section.name(PCCS), "with " + PCS, "one of them");
        }
        Optional<IntelService> cache = service(section, PCCS).map(IntelService.Pccs::new);
        Optional<IntelService> intel = service(section, PCS).map(IntelService.Pcs::at);
        Optional<KeyService> amd = service(section, KDS).map(KeyService::new);
        section.end();
        VendorServices services = cache.or(() -> intel).map(standard::withIntel).orElse(standard);
        return amd.map(services::withAmd).orElse(services);
    }

    private static Optional<Service> service(Section section, String key) {
        return section.has(key)
                ? section.required(
                        key, RULE, value -> Service.parse(key, value.text()).toOptional())
                : Optional.empty();
    }
}
