package mo.farol.identity;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the listeners show.
 *
 * @param key of the first certificate
 * @param chain its certificate and what leads to its issuer
 */
record Shown(PrivateKey key, List<X509Certificate> chain) {
  Shown {
    chain = List.copyOf(chain);
  }
}
