package mo.farol.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** SHA-256 of a public key as RFC 5280 section 4.1.2.7 encodes it. */
final class Fingerprint {
  private Fingerprint() {}

  static String ofKey(X509Certificate certificate) {
    return of(certificate.getPublicKey().getEncoded());
  }

  static String of(byte[] subjectPublicKeyInfo) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(subjectPublicKeyInfo));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
