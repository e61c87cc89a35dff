package mo.farol.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who believes the certificate of one home's console: it is its own, nobody else vouches for it.
 */
public final class Trust {
  private Trust() {}

  public static SSLContext of(Path home) throws GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(home.resolve("keys/console.pem")));
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore store(Path certificate) throws GeneralSecurityException {
    try (var pem = Files.newInputStream(certificate)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "console", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
