package mo.farol.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and keys as text, RFC 7468. */
final class Pem {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
  private static final int LARGEST = 1 << 20;

  private Pem() {}

  static String of(X509Certificate certificate) {
    try {
      return of("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read can't be written", e);
    }
  }

  /** PKCS #8, RFC 5958. */
  static String of(PrivateKey key) {
    return of("PRIVATE KEY", key.getEncoded());
  }

  /**
   * The private key as PKCS #8 that OpenSSL, GnuTLS, Go and Java all read: an EC key holds its
   * public key too, which RFC 5915 section 3 asks for, Java leaves out, and GnuTLS can't do
   * without.
   */
  static String of(KeyPair pair) {
    if (!(pair.getPrivate() instanceof ECPrivateKey secret)) {
      return of(pair.getPrivate());
    }
    var open = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    var both =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
            secret.getParams().getOrder().bitLength(),
            secret.getS(),
            open.getPublicKeyData(),
            null);
    try {
      return of("PRIVATE KEY", new PrivateKeyInfo(open.getAlgorithm(), both).getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("a key that was made can't be written", e);
    }
  }

  static String of(String what, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, LINES.encodeToString(der), what);
  }

  /** Every certificate of a file, in its order; at least one. */
  static List<X509Certificate> certificates(Path file) {
    try (var in = new ByteArrayInputStream(read(file))) {
      var all =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw new IdentityFault(file + " holds no certificate in PEM");
      }
      return all;
    } catch (IOException | GeneralSecurityException e) {
      throw new IdentityFault("cannot read the certificate " + file + ": " + e.getMessage(), e);
    }
  }

  /** A private key without a password: PKCS #8, SEC 1 or PKCS #1. */
  static PrivateKey key(Path file) {
    try (var parser = new PEMParser(new StringReader(new String(read(file), US_ASCII)))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        if (next instanceof PrivateKeyInfo info) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
        if (next instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new IdentityFault("cannot read the key " + file + ": " + e.getMessage(), e);
    }
    throw new IdentityFault(file + " holds no private key in PEM without a password");
  }

  private static byte[] read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST);
    }
  }
}
