package mo.farol.identity;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate of the operator's own for the listeners.
 *
 * @param certificate PEM: the listeners' certificate first, then its issuers, the root last
 * @param key PEM: its key, without a password
 */
public record OwnFiles(Path certificate, Path key) {
  Shown read() {
    var chain = Pem.certificates(certificate);
    var secret = Pem.key(key);
    if (!Keys.areOne(secret, chain.getFirst().getPublicKey())) {
      throw new IdentityFault(
          "%s is not the key of the first certificate in %s".formatted(key, certificate));
    }
    return new Shown(secret, chain);
  }

  /** Our authority, for its certificates of clients go with it, and the end of the file's chain. */
  List<X509Certificate> trusted(Authority authority) {
    var all = new ArrayList<>(List.of(authority.certificate()));
    all.add(Pem.certificates(certificate).getLast());
    return all;
  }
}
