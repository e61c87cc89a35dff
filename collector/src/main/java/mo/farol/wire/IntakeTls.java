package mo.farol.wire;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What the TLS listeners show and whom they let in. Asked on an event loop for every connection, so
 * that a renewed or revoked certificate counts without a restart: must not block.
 */
public interface IntakeTls {
  /** Our certificate, and trust in the clients' issuers. */
  SSLContext context();

  /**
   * The agency a client certificate was issued to, told by its key and never by its names; empty
   * for one that is unknown, expired or revoked.
   */
  Optional<String> agencyOf(X509Certificate client);

  /**
   * Adds somebody who is told that a certificate was issued, revoked or has ended: then {@link
   * #agencyOf} may answer otherwise. Called on a thread that is no event loop's.
   */
  default void onChange(Runnable listener) {}
}
