package mo.farol.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import mo.farol.event.FrameBatch;
import mo.farol.event.Original;

/** Length and SHA-256 of a frame too long to be kept whole, taken as it streams by. */
final class Measure {
  /** Marks of a frame that is cut and says what it was. */
  static final byte MARKS = FrameBatch.TRUNCATED | FrameBatch.NOTED;

  private final MessageDigest sha256;
  private long length;

  Measure() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void add(byte[] bytes, int from, int to) {
    sha256.update(bytes, from, to - from);
    length += to - from;
  }

  long length() {
    return length;
  }

  /** Writes what was measured behind the bytes that are kept; ends the measuring. */
  void note(byte[] into, int at) {
    Original.write(length, sha256.digest(), into, at);
  }
}
