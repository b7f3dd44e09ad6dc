package io.attestgate.verify.testpki;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;

/** A manifest in the true format, whose every part a test may choose. */
public final class NvidiaRim {
    private static final String ECDSA_SHA384 =
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384";
    private static final String SHA384 = "http://www.w3.org/2001/04/xmldsig-more#sha384";

    public String product;
    public String version;

    /** Alternatives by index from 0; those that are active. */
    public final SortedMap<Integer, List<byte[]>> golden = new TreeMap<>();

    /** XML directly below the root, before the signature. */
    public String more = "";

    public String canonicalisation = "http://www.w3.org/2006/12/xml-c14n11";
    public String signatureMethod = ECDSA_SHA384;
    public String digestMethod = SHA384;
    public String reference = "";

    /** An attribute of the root's that is an ID, with its value; for references other than all. */
    public String rootAttributes = "";

    public NvidiaRim(String product, String version) {
        this.product = product;
        this.version = version;
    }

    /** With {@code from} to {@code to}, both counted, as reports measure unless told otherwise. */
    public NvidiaRim of(int from, int to) {
        for (int i = from; i <= to; i++) {
            golden.put(i, List.of(NvidiaReport.value(i)));
        }
        return this;
    }

    /** The tag without a signature. */
    public String unsigned() {
        StringBuilder xml = new StringBuilder();
        xml.append(
                        "<SoftwareIdentity"
                            + " xmlns=\"http://standards.iso.org/iso/19770/-2/2015/schema.xsd\"")
                .append(" xmlns:ns0=\"http://standards.iso.org/iso/19770/-2/2015/schema.xsd\"")
                .append(" xmlns:ns2=\"http://www.w3.org/2001/04/xmlenc#sha384\"")
                .append(" name=\"%s\" tagId=\"test\" version=\"1.0\"".formatted(product))
                .append(rootAttributes)
                .append(">\n<ns0:Entity name=\"NVIDIA Corporation\" role=\"tagCreator\"/>\n")
                .append(
                        "<ns0:Meta colloquialVersion=\"%s\" edition=\"GPU\" product=\"%s\"/>\n"
                                .formatted(version, product))
                .append("<ns0:Payload>\n");
        golden.forEach((index, values) -> xml.append(resource(index, values)));
        return xml.append("</ns0:Payload>\n").append(more).append("</SoftwareIdentity>").toString();
    }

    /** One resource of the payload. */
    public static String resource(int index, List<byte[]> values) {
        StringBuilder hashes = new StringBuilder();
        for (byte[] value : values) {
            hashes.append(
                    " ns2:Hash%d=\"%s\""
                            .formatted(values.indexOf(value), HexFormat.of().formatHex(value)));
        }
        return """
        <ns0:Resource type="Measurement" index="%d" active="True" alternatives="%d"%s size="%d"/>
        """
                .formatted(index, values.size(), hashes, values.getFirst().length);
    }

    /** Signed by the manifests' signer, with his chain. */
    public byte[] make(NvidiaPki pki) {
        return make(pki.rimSigner().keys().getPrivate(), pki.rimChain());
    }

    /** Signed by that key, with that chain. */
    public byte[] make(PrivateKey key, List<X509Certificate> chain) {
        return sign(unsigned(), key, chain);
    }

    /** Any XML, signed in the way that this manifest's fields say. */
    public byte[] sign(String xml, PrivateKey key, List<X509Certificate> chain) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            Document document =
                    factory.newDocumentBuilder()
                            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
            XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
            DOMSignContext context = new DOMSignContext(key, document.getDocumentElement());
            context.setDefaultNamespacePrefix("ds");
            context.setProperty("org.jcp.xml.dsig.secureValidation", false);
            if (document.getDocumentElement().hasAttribute("Id")) {
                document.getDocumentElement().setIdAttribute("Id", true);
            }
            signatures.newXMLSignature(info(signatures), keyInfo(signatures, chain)).sign(context);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            TransformerFactory.newDefaultInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(out));
            return out.toByteArray();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private SignedInfo info(XMLSignatureFactory signatures) throws Exception {
        Reference all =
                signatures.newReference(
                        reference,
                        signatures.newDigestMethod(digestMethod, null),
                        List.of(
                                signatures.newTransform(
                                        Transform.ENVELOPED, (TransformParameterSpec) null),
                                signatures.newTransform(
                                        canonicalisation, (TransformParameterSpec) null)),
                        null,
                        null);
        CanonicalizationMethod method =
                signatures.newCanonicalizationMethod(
                        canonicalisation, (C14NMethodParameterSpec) null);
        return signatures.newSignedInfo(
                method, signatures.newSignatureMethod(signatureMethod, null), List.of(all));
    }

    private static KeyInfo keyInfo(XMLSignatureFactory signatures, List<X509Certificate> chain) {
        KeyInfoFactory keys = signatures.getKeyInfoFactory();
        return keys.newKeyInfo(List.of(keys.newX509Data(chain)));
    }
}
