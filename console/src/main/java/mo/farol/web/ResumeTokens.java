package mo.farol.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import mo.farol.disk.OwnerOnly;
import mo.farol.event.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Where a line goes on, as text for its reader: the journal's sequence for who sees the whole
 * centre. For others it is sealed with a key of the home, each time anew, for it rises with
 * everybody's events and tells how many there are. Any thread.
 */
final class ResumeTokens {
  private static final String KEY = "tail.key";
  private static final int KEY_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int BYTES = NONCE_BYTES + Long.BYTES + TAG_BYTES;

  private final Path folder;
  private final SecureRandom random = new SecureRandom();
  private @Nullable SecretKeySpec key;

  /**
   * @param folder where the key is kept, made when it is first needed
   */
  ResumeTokens(Path folder) {
    this.folder = folder;
  }

  String write(long sequence, Scope scope) {
    return scope instanceof Scope.National ? Long.toString(sequence) : sealed(sequence);
  }

  /** What {@link #write} gave; empty for anything else. */
  Optional<Long> read(String text) {
    if (text.matches("\\d{1,18}")) {
      return Optional.of(Long.parseLong(text));
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return bytes.length == BYTES ? Optional.of(opened(bytes)) : Optional.empty();
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return Optional.empty(); // none of ours, or of a key that is no more
    }
  }

  private String sealed(long sequence) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] told = cipher(Cipher.ENCRYPT_MODE, nonce, 0).doFinal(bytes(sequence));
      var all = ByteBuffer.allocate(BYTES).put(nonce).put(told);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES in GCM", e);
    }
  }

  private long opened(byte[] bytes) throws GeneralSecurityException {
    byte[] plain =
        cipher(Cipher.DECRYPT_MODE, bytes, 0).doFinal(bytes, NONCE_BYTES, BYTES - NONCE_BYTES);
    return ByteBuffer.wrap(plain).getLong();
  }

  private Cipher cipher(int mode, byte[] nonce, int from) throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key(), new GCMParameterSpec(TAG_BYTES * 8, nonce, from, NONCE_BYTES));
    return cipher;
  }

  private static byte[] bytes(long sequence) {
    return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
  }

  private synchronized SecretKeySpec key() {
    var known = key;
    if (known == null) {
      known = new SecretKeySpec(kept(), "AES");
      key = known;
    }
    return known;
  }

  private byte[] kept() {
    var file = folder.resolve(KEY);
    try {
      if (Files.exists(file) && Files.size(file) == KEY_BYTES) {
        return Files.readAllBytes(file);
      }
      byte[] made = new byte[KEY_BYTES];
      random.nextBytes(made);
      Files.createDirectories(folder);
      OwnerOnly.replace(file, made);
      return made;
    } catch (IOException e) {
      throw new WebFault("cannot make or read " + file + ": see that the disk has room", e);
    }
  }
}
