package mo.farol.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes the context of the TLS listeners: shows ours, trusts known clients of our authority. */
final class TlsContext {
  private static final int SESSIONS = 20_000;
  private static final int SESSION_SECONDS = 3_600;
  private static final char[] NO_PASSWORD = new char[0];

  private TlsContext() {}

  static SSLContext of(Shown shown, X509Certificate authority, Predicate<X509Certificate> known) {
    try {
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store(shown), NO_PASSWORD);
      var trust = TrustManagerFactory.getInstance("PKIX");
      var roots = empty();
      roots.setCertificateEntry("authority", authority);
      trust.init(roots);
      var clients = new KnownClients((X509ExtendedTrustManager) trust.getTrustManagers()[0], known);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {clients}, null);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS);
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IdentityFault("cannot use the listeners' certificate: " + e.getMessage(), e);
    }
  }

  private static KeyStore store(Shown shown) throws IOException, GeneralSecurityException {
    var store = empty();
    store.setKeyEntry(
        "intake", shown.key(), NO_PASSWORD, shown.chain().toArray(Certificate[]::new));
    return store;
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
