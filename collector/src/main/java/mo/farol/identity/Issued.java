package mo.farol.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A client certificate as the register knows it.
 *
 * @param serial 32 hexadecimal digits
 * @param key SHA-256 of the SubjectPublicKeyInfo, hexadecimal: who holds the key is the agency
 * @param agency agency id
 * @param from first instant of validity
 * @param until last instant of validity
 */
public record Issued(String serial, String key, String agency, Instant from, Instant until) {
  static Issued of(X509Certificate certificate, String agency) {
    return new Issued(
        serial(certificate),
        Fingerprint.ofKey(certificate),
        agency,
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  static String serial(X509Certificate certificate) {
    return "%032x".formatted(certificate.getSerialNumber());
  }
}
