package io.attestgate.verify.nvidia;

import static io.attestgate.verify.nvidia.XmlFile.children;
import static io.attestgate.verify.nvidia.XmlFile.is;
import static io.attestgate.verify.nvidia.XmlFile.only;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * A reference integrity manifest of NVIDIA's: what a driver or a vBIOS measures to, as a SWID tag
 * (ISO/IEC 19770-2, TCG Reference Integrity Manifest Information Model) with a signature. Read, and
 * believed in nothing but that its signature is or is not by the first of its certificates.
 *
 * @param product the chip that it is about: {@code GH100}
 * @param version of the driver or vBIOS: {@code 550.90.07}, {@code 96.00.9F.00.01}
 * @param golden by index, counted from 0; those that are active
 * @param chain the signer's certificate first
 * @param isSigned whether the first certificate's key signed it
 */
record Rim(
        String product,
        String version,
        SortedMap<Integer, Golden> golden,
        List<X509Certificate> chain,
        boolean isSigned) {
    private static final String SWID = "http://standards.iso.org/iso/19770/-2/2015/schema.xsd";
    private static final int CERTIFICATES_MAX = 8;
    private static final Pattern WORD = Pattern.compile("[0-9A-Za-z._-]{1,32}");

    Rim {
        golden = Collections.unmodifiableSortedMap(new TreeMap<>(golden));
        chain = List.copyOf(chain);
    }

    /** Reads a manifest. */
    static Parsed<Rim> parse(byte[] xml) {
        try {
            return Parsed.good(read(XmlFile.read(xml).getDocumentElement()));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static Rim read(Element root) throws MalformedException {
        SortedMap<Integer, Golden> golden = golden(root);
        Element meta = only(root, SWID, "Meta");
        String product = word(meta, "product");
        String version = word(meta, "colloquialVersion");
        for (Element child : children(root)) {
            element(child);
        }
        RimSignature signature = RimSignature.read(root);
        List<X509Certificate> chain = chain(signature.keyInfo());
        boolean isSigned = signature.isBy(chain.getFirst().getPublicKey());
        return new Rim(product, version, golden, chain, isSigned);
    }

    /** Reads the payload: every index once, and at least one of them active. */
    static SortedMap<Integer, Golden> golden(Element root) throws MalformedException {
        if (!is(root, SWID, "SoftwareIdentity")) {
            throw new MalformedException(
                    Fault.quoted("root", root.getNodeName(), "SoftwareIdentity of " + SWID));
        }
        SortedMap<Integer, Golden> all = new TreeMap<>();
        for (Element resource : children(only(root, SWID, "Payload"))) {
            if (!is(resource, SWID, "Resource")) {
                throw new MalformedException(
                        Fault.quoted("payload", resource.getNodeName(), "Resource"));
            }
            Golden one = Golden.read(resource);
            if (all.put(one.index(), one) != null) {
                throw new MalformedException("resource " + one.index(), "twice", "each once");
            }
        }
        all.values().removeIf(one -> !one.isActive());
        if (all.isEmpty()) {
            throw new MalformedException("payload", "nothing active", "a measurement");
        }
        return all;
    }

    private static String word(Element meta, String name) throws MalformedException {
        String value = meta.getAttribute(name);
        if (!WORD.matcher(value).matches()) {
            throw new MalformedException(
                    Fault.quoted("meta " + name, value, "1 to 32 letters, digits, dots, hyphens"));
        }
        return value;
    }

    private static void element(Element child) throws MalformedException {
        boolean known =
                is(child, RimSignature.DSIG, "Signature")
                        || is(child, SWID, "Entity")
                        || is(child, SWID, "Link")
                        || is(child, SWID, "Meta")
                        || is(child, SWID, "Payload");
        if (!known) {
            throw new MalformedException(
                    Fault.quoted(
                            "root", child.getNodeName(), "Entity, Link, Meta, Payload, Signature"));
        }
    }

    private static List<X509Certificate> chain(Element keyInfo) throws MalformedException {
        Element data = only(keyInfo, RimSignature.DSIG, "X509Data");
        List<X509Certificate> chain = new ArrayList<>();
        for (Element one : children(data)) {
            if (!is(one, RimSignature.DSIG, "X509Certificate")
                    || chain.size() == CERTIFICATES_MAX) {
                throw new MalformedException(
                        Fault.quoted("key info", one.getNodeName(), "at most 8 X509Certificate"));
            }
            chain.add(MalformedException.good(Certificates.parse(der(XmlFile.text(one)))));
        }
        if (chain.size() < 2) {
            throw new MalformedException(
                    "key info", chain.size() + " certificates", "a signer's and a root's");
        }
        return chain;
    }

    private static byte[] der(String base64) throws MalformedException {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(Fault.quoted("certificate", base64, "base64"));
        }
    }
}
