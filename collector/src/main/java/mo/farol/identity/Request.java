package mo.farol.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A certificate request, RFC 2986: what counts of it is the key, and that its holder signed. Names
 * and extensions it asks for are not looked at.
 */
final class Request {
  private static final int LARGEST = 16 << 10;
  private static final int PEM_BEGINS = '-';

  private Request() {}

  /** The key of a request in PEM or DER; throws {@link IdentityFault} where it is none of worth. */
  static PublicKey key(byte[] bytes) {
    if (bytes.length > LARGEST) {
      throw new IdentityFault("a certificate request has at most %d KiB".formatted(LARGEST >> 10));
    }
    try {
      var request = new JcaPKCS10CertificationRequest(parse(bytes));
      var key = request.getPublicKey();
      if (!Keys.isStrong(key)) {
        throw new IdentityFault(
            "the key of the request is too weak: take EC P-256 or larger, Ed25519, or RSA of 2048"
                + " to 8192 bits");
      }
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new IdentityFault("the request is not signed with its own key");
      }
      return key;
    } catch (IdentityFault e) {
      throw e;
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | RuntimeException e) { // hostile bytes make the parser throw whatever it likes
      throw new IdentityFault(
          "this is no certificate request; make one with 'openssl req -new -newkey ec -pkeyopt"
              + " ec_paramgen_curve:P-256 -nodes -subj /CN=x -keyout key.pem -out request.pem'",
          e);
    }
  }

  private static PKCS10CertificationRequest parse(byte[] bytes) throws IOException {
    if (bytes.length == 0 || bytes[0] != PEM_BEGINS) {
      return new PKCS10CertificationRequest(bytes);
    }
    try (var parser =
        new PEMParser(
            new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.US_ASCII))) {
      if (parser.readObject() instanceof PKCS10CertificationRequest request) {
        return request;
      }
      throw new IOException("another kind of PEM");
    }
  }
}
