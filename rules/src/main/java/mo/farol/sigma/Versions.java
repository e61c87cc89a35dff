package mo.farol.sigma;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes of what rules mean; a version is the first 12 hexadecimal digits of a SHA-256. */
final class Versions {
  private Versions() {}

  private static String of(byte[] bytes, int length) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8), 6);
  }

  /** 32 digits, where nobody has to read them. */
  static String whole(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8), 16);
  }
}
