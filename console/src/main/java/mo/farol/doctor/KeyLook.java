package mo.farol.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import mo.farol.centre.Home;

/** When the home's own certificates end. */
final class KeyLook {
  private static final Duration SOON = Duration.ofDays(30);

  private KeyLook() {}

  static void at(Remarks remarks, Home home, Instant now) throws IOException {
    if (!Files.exists(home.sealKey())) {
      remarks.fail(
          "keys", "%s is not there: restore the folder keys from a backup", home.sealKey());
    }
    if (!Files.isDirectory(home.keys())) {
      return;
    }
    try (Stream<Path> all = Files.list(home.keys())) {
      for (var file : all.filter(f -> f.toString().endsWith(".pem")).sorted().toList()) {
        look(remarks, file, now);
      }
    }
  }

  private static void look(Remarks remarks, Path file, Instant now) throws IOException {
    String name = file.getFileName().toString();
    Instant ends;
    try (var in = Files.newInputStream(file)) {
      ends =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .map(certificate -> certificate.getNotAfter().toInstant())
              .min(Instant::compareTo)
              .orElse(Instant.MAX);
    } catch (CertificateException e) {
      remarks.warn("keys", "%s can't be read as certificates (%s)", name, e.getMessage());
      return;
    }
    if (ends.equals(Instant.MAX)) {
      return; // no certificate
    }
    if (!ends.isAfter(now)) {
      remarks.fail("keys", "%s ended %s: %s", name, ends, renewal(name));
    } else if (ends.isBefore(now.plus(SOON))) {
      remarks.warn("keys", "%s ends %s: %s", name, ends, renewal(name));
    } else {
      remarks.ok("keys", "%s ends %s", name, ends);
    }
  }

  private static String renewal(String name) {
    return name.startsWith("ca")
        ? "renew the authority, see 'Certificates' in the manual"
        : "the centre makes another at a start, unless it is your own file";
  }
}
