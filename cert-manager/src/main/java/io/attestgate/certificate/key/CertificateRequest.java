package io.attestgate.certificate.key;

import io.attestgate.certificate.account.P256KeyPair;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Makes the signing request (PKCS #10, RFC 2986) of a key: no subject, one name (RFC 8555 §7.4).
 */
final class CertificateRequest {
    private CertificateRequest() {}

    /** The request in DER. Each call signs anew, so its bytes differ; keep them. */
    static byte[] make(Hostname name, P256KeyPair key) {
        try {
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            GeneralName host = new GeneralName(GeneralName.dNSName, name.value());
            extensions.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(host));
            X500Name noSubject = new X500NameBuilder().build();
            PKCS10CertificationRequestBuilder request =
                    new JcaPKCS10CertificationRequestBuilder(noSubject, key.pair().getPublic());
            request.addAttribute(
                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
            return request.build(
                            new JcaContentSignerBuilder("SHA256withECDSA")
                                    .build(key.pair().getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError("a request of our own making", e);
        }
    }
}
