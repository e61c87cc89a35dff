package mo.farol.identity;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import mo.farol.wire.UnknownClient;

/**
 * Trusts clients of our authority that the register knows. Refused in the handshake, a client is
 * told so by an alert, RFC 8446 section 6.2, and need not guess from a connection that ends.
 */
final class KnownClients extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager issued;
  private final Predicate<X509Certificate> known;

  /**
   * @param issued trusts what our authority signed
   * @param known whether a certificate stands; must not block
   */
  KnownClients(X509ExtendedTrustManager issued, Predicate<X509Certificate> known) {
    this.issued = issued;
    this.known = known;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    issued.checkClientTrusted(chain, type, engine);
    mustBeKnown(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    issued.checkClientTrusted(chain, type, socket);
    mustBeKnown(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    issued.checkClientTrusted(chain, type);
    mustBeKnown(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    issued.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    issued.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    issued.checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return issued.getAcceptedIssuers();
  }

  private void mustBeKnown(X509Certificate[] chain) throws UnknownClient {
    if (!known.test(chain[0])) {
      throw new UnknownClient();
    }
  }
}
