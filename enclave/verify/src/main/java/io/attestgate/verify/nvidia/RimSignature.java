package io.attestgate.verify.nvidia;

import static io.attestgate.verify.nvidia.XmlFile.children;
import static io.attestgate.verify.nvidia.XmlFile.is;
import static io.attestgate.verify.nvidia.XmlFile.only;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Fault;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/**
 * The enveloped signature of a manifest (W3C XML Signature 1.1), in the one shape that NVIDIA uses:
 * directly below the root, one reference to the whole document ({@code URI=""}), transformed by
 * leaving the signature out and by canonicalisation without comments, ECDSA with SHA-384.
 *
 * <p>So what is signed is the root with all that is below it but the signature itself, and nothing
 * else in the document can be read in its place. The shape is checked before the platform's
 * implementation sees it.
 */
final class RimSignature {
    static final String DSIG = "http://www.w3.org/2000/09/xmldsig#";

    private static final String ENVELOPED = DSIG + "enveloped-signature";
    private static final String ECDSA_SHA384 =
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384";
    private static final String SHA384 = "http://www.w3.org/2001/04/xmldsig-more#sha384";

    /** Canonical XML 1.1, which NVIDIA uses, and Exclusive XML Canonicalization 1.0. */
    private static final Set<String> CANONICAL =
            Set.of(
                    "http://www.w3.org/2006/12/xml-c14n11",
                    "http://www.w3.org/2001/10/xml-exc-c14n#");

    private final Element signature;

    private RimSignature(Element signature) {
        this.signature = signature;
    }

    /** The one signature below the root, if its shape is the one allowed. */
    static RimSignature read(Element root) throws MalformedException {
        if (root.getElementsByTagNameNS(DSIG, "Signature").getLength() != 1) {
            throw new MalformedException("signature", "none or several", "exactly one");
        }
        Element signature = only(root, DSIG, "Signature");
        names(signature, "SignedInfo", "SignatureValue", "KeyInfo");
        Element info = only(signature, DSIG, "SignedInfo");
        names(info, "CanonicalizationMethod", "SignatureMethod", "Reference");
        method(info, "CanonicalizationMethod", CANONICAL);
        method(info, "SignatureMethod", Set.of(ECDSA_SHA384));
        reference(only(info, DSIG, "Reference"));
        return new RimSignature(signature);
    }

    private static void reference(Element reference) throws MalformedException {
        Attr uri = reference.getAttributeNode("URI");
        if (uri == null || !uri.getValue().isEmpty() || reference.getAttributes().getLength() > 1) {
            throw new MalformedException(
                    Fault.quoted(
                            "reference",
                            uri == null ? "" : uri.getValue(),
                            "URI=\"\" and no more"));
        }
        names(reference, "Transforms", "DigestMethod", "DigestValue");
        method(reference, "DigestMethod", Set.of(SHA384));
        List<Element> transforms = children(only(reference, DSIG, "Transforms"));
        if (transforms.size() != 2) {
            throw new MalformedException(
                    "transforms", Integer.toString(transforms.size()), "enveloped, canonical");
        }
        algorithm(transforms.get(0), "Transform", Set.of(ENVELOPED));
        algorithm(transforms.get(1), "Transform", CANONICAL);
    }

    private static void method(Element parent, String name, Set<String> allowed)
            throws MalformedException {
        algorithm(only(parent, DSIG, name), name, allowed);
    }

    private static void algorithm(Element method, String name, Set<String> allowed)
            throws MalformedException {
        String algorithm = method.getAttribute("Algorithm");
        if (!is(method, DSIG, name)
                || !allowed.contains(algorithm)
                || !children(method).isEmpty()) {
            throw new MalformedException(
                    Fault.quoted(name, algorithm, "without parameters, of " + allowed));
        }
    }

    /** Those children in that order, and no others. */
    private static void names(Element parent, String... names) throws MalformedException {
        List<Element> children = children(parent);
        boolean same = children.size() == names.length;
        for (int i = 0; same && i < names.length; i++) {
            same = is(children.get(i), DSIG, names[i]);
        }
        if (!same) {
            throw new MalformedException(
                    parent.getLocalName(), children.size() + " children", String.join(", ", names));
        }
    }

    /** What holds the signer's certificates. */
    Element keyInfo() throws MalformedException {
        return only(signature, DSIG, "KeyInfo");
    }

    /** Whether that key signed the root with all below it but this signature. */
    boolean isBy(PublicKey key) {
        DOMValidateContext context = new DOMValidateContext(key, signature);
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        try {
            return XMLSignatureFactory.getInstance("DOM")
                    .unmarshalXMLSignature(context)
                    .validate(context);
        } catch (MarshalException | XMLSignatureException | RuntimeException e) {
            return false; // Another kind of key, or values that are none.
        }
    }
}
