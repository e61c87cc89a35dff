package mo.farol.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;

/** Key pairs of ours, and what is asked of a key of somebody else's. */
final class Keys {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 127;
  private static final int RSA_LEAST_BITS = 2048;
  private static final int RSA_MOST_BITS = 8192;
  private static final int EC_LEAST_BITS = 256;

  private Keys() {}

  /** P-256, which every TLS client reads. */
  static KeyPair make() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  /** Positive, unpredictable, RFC 5280 section 4.1.2.2. */
  static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1);
  }

  static boolean isStrong(PublicKey key) {
    return switch (key) {
      case RSAPublicKey rsa ->
          rsa.getModulus().bitLength() >= RSA_LEAST_BITS
              && rsa.getModulus().bitLength() <= RSA_MOST_BITS;
      case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize() >= EC_LEAST_BITS;
      case EdECPublicKey _ -> true;
      default -> false;
    };
  }

  static boolean isRsa(PublicKey key) {
    return key instanceof RSAPublicKey;
  }

  /** Whether a private key is that of a public one. */
  static boolean areOne(PrivateKey secret, PublicKey open) {
    String algorithm =
        switch (open) {
          case RSAPublicKey _ -> "SHA256withRSA";
          case EdECPublicKey _ -> "EdDSA";
          default -> "SHA256withECDSA";
        };
    try {
      var signature = Signature.getInstance(algorithm);
      byte[] sample = new byte[32];
      RANDOM.nextBytes(sample);
      signature.initSign(secret);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(sample);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
