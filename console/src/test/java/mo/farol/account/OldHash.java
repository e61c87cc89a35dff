package mo.farol.account;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** A hash as an earlier Farol with cheaper parameters would have kept it. */
final class OldHash {
  private OldHash() {}

  static String of(String password, int memoryKib, int passes) {
    byte[] salt = "a salt of sixteen".substring(0, 16).getBytes(StandardCharsets.US_ASCII);
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[32];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(memoryKib, passes, base64.encodeToString(salt), base64.encodeToString(hash));
  }
}
