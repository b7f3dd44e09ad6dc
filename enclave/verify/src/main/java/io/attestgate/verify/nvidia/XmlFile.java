package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.MalformedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * XML from arbitrary bytes, for the manifests alone: no document type, so no entities; nothing is
 * fetched; few levels and few attributes, so that no depth of the stack follows from it.
 */
final class XmlFile {
    /** NVIDIA's have 22 KiB. */
    static final int SIZE_BYTES_MAX = 256 * 1024;

    private static final int DEPTH_MAX = 12;
    private static final int ATTRIBUTES_MAX = 96;
    private static final String FEATURES = "http://apache.org/xml/features/";

    private XmlFile() {}

    /** Whether bytes begin as XML does. */
    static boolean isLike(byte[] bytes) {
        int at = bytes.length > 2 && bytes[0] == (byte) 0xef ? 3 : 0;
        while (at < bytes.length && Character.isWhitespace(bytes[at])) {
            at++;
        }
        return at < bytes.length && bytes[at] == '<';
    }

    static Document read(byte[] bytes) throws MalformedException {
        if (bytes.length > SIZE_BYTES_MAX) {
            throw new MalformedException("xml", bytes.length + " bytes", "at most 256 KiB");
        }
        try {
            return builder().parse(new InputSource(new ByteArrayInputStream(bytes)));
        } catch (SAXException | IOException | RuntimeException e) {
            throw new MalformedException(
                    "xml",
                    bytes.length + " bytes",
                    "well-formed XML 1.0 without a document type, at most 12 levels deep");
        }
    }

    private static DocumentBuilder builder() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(FEATURES + "disallow-doctype-decl", true);
            // A node for every element at once, so that reading never changes the document.
            factory.setFeature(FEATURES + "dom/defer-node-expansion", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute("jdk.xml.maxElementDepth", Integer.toString(DEPTH_MAX));
            factory.setAttribute("jdk.xml.elementAttributeLimit", Integer.toString(ATTRIBUTES_MAX));
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new AssertionError("the platform's parser has these", e);
        }
    }

    /** Throws what is wrong, and prints nothing. */
    private static final class Silent extends DefaultHandler {
        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    /** The elements directly below that one, in their order. */
    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    /** The one element of that name directly below that one. */
    static Element only(Element parent, String namespace, String name) throws MalformedException {
        List<Element> found =
                children(parent).stream().filter(one -> is(one, namespace, name)).toList();
        if (found.size() != 1) {
            throw new MalformedException(
                    parent.getLocalName() + "/" + name, found.size() + " elements", "exactly one");
        }
        return found.getFirst();
    }

    static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    /** The text directly below it. */
    static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.TEXT_NODE) {
                text.append(node.getNodeValue());
            }
        }
        return text.toString();
    }
}
