package mo.farol.onboard;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import mo.farol.account.Certificate;
import mo.farol.account.Certificates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificates of agencies whose private key still lies in the home, where {@code farol agency}
 * wrote it: until somebody took the folder away, as they should.
 */
public final class AtHand {
  private static final Logger log = LoggerFactory.getLogger(AtHand.class);
  private static final String CERTIFICATE = "cert.pem";
  private static final String KEYS = "client.p12";
  private static final String PASSWORD = "p12-password.txt";

  /** One that stands, and the folder that holds its key. */
  record Held(Certificate certificate, Path folder) {
    /** What a TLS client shows it with. */
    KeyManager[] keys() throws IOException, GeneralSecurityException {
      char[] password = Files.readString(folder.resolve(PASSWORD)).strip().toCharArray();
      var store = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(folder.resolve(KEYS))) {
        store.load(in, password);
      }
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      return keys.getKeyManagers();
    }
  }

  private final Path agencies;
  private final Certificates certificates;
  private final InstantSource clock;

  /**
   * @param agencies the folder of the home in which each has one or more folders
   */
  public AtHand(Path agencies, Certificates certificates, InstantSource clock) {
    this.agencies = agencies;
    this.certificates = certificates;
    this.clock = clock;
  }

  /** The one of an agency that lasts longest. */
  Optional<Held> of(String agency) {
    return folders(agency).stream()
        .flatMap(folder -> held(folder).stream())
        // Only the register says whose it is: a folder may have any name.
        .filter(held -> held.certificate().agency().equals(agency))
        .filter(held -> held.certificate().stands(clock.instant()))
        .max(Comparator.comparing(held -> held.certificate().until()));
  }

  private List<Path> folders(String agency) {
    var found = new ArrayList<Path>();
    if (!Files.isDirectory(agencies)) {
      return found;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(agencies, agency + "*")) {
      for (Path folder : all) {
        if (folder.toString().matches(".*/" + agency + "(-[0-9a-f]{8})?")
            && Files.exists(folder.resolve(KEYS))
            && Files.exists(folder.resolve(PASSWORD))) {
          found.add(folder);
        }
      }
    } catch (IOException e) {
      log.warn("cannot look for certificates in {}: {}", agencies, e.toString());
    }
    return found;
  }

  private Optional<Held> held(Path folder) {
    try (var in = Files.newInputStream(folder.resolve(CERTIFICATE))) {
      var shown = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return certificates
          .find("%032x".formatted(shown.getSerialNumber()))
          .map(known -> new Held(known, folder));
    } catch (IOException | GeneralSecurityException e) {
      log.warn("the certificate in {} can't be read: {}", folder, e.toString());
      return Optional.empty();
    }
  }
}
