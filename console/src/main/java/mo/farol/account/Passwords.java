package mo.farol.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id, RFC 9106, with the parameters kept beside each hash: 19 MiB, two passes, one lane. At
 * most four are worked out at once, so that a storm of sign-ins costs 76 MiB and not the heap.
 */
final class Passwords {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LENGTH = 32;
  private static final String CURRENT =
      "$argon2id$v=19$m=%d,t=%d,p=1$".formatted(MEMORY_KIB, PASSES);
  private static final Semaphore AT_ONCE = new Semaphore(4, true);

  private Passwords() {}

  static String hash(String password) {
    byte[] salt = Secrets.bytes(16);
    byte[] hash = argon2(password, salt, MEMORY_KIB, PASSES);
    var base64 = Base64.getEncoder().withoutPadding();
    return CURRENT + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
  }

  static boolean isRight(String password, String kept) {
    String[] parts = kept.split("\\$", -1);
    if (parts.length != 6 || !parts[1].equals("argon2id")) {
      return false;
    }
    String[] costs = parts[3].split("[=,]", -1);
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] hash = argon2(password, salt, Integer.parseInt(costs[1]), Integer.parseInt(costs[3]));
    return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[5]));
  }

  /** Whether a kept hash was made with other costs than today's, and should be made anew. */
  static boolean isOutdated(String kept) {
    return !kept.startsWith(CURRENT);
  }

  private static byte[] argon2(String password, byte[] salt, int memoryKib, int passes) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[LENGTH];
    AT_ONCE.acquireUninterruptibly();
    try {
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    } finally {
      AT_ONCE.release();
    }
    return hash;
  }
}
