package mo.farol.seal;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 value. */
public final class Hash {
  /** Bytes. */
  public static final int LENGTH = 32;

  /** What stands before anything was hashed. */
  public static final Hash ZERO = new Hash(new byte[LENGTH]);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies 32 bytes. */
  public static Hash of(byte[] from, int at) {
    return new Hash(Arrays.copyOfRange(from, at, at + LENGTH));
  }

  /** Reads 64 hexadecimal digits in lower case; throws {@link IllegalArgumentException} else. */
  public static Hash ofHex(String hex) {
    var hash = sized(HexFormat.of().parseHex(hex));
    if (!hash.hex().equals(hex)) {
      throw new IllegalArgumentException("a hash is written in lower case");
    }
    return hash;
  }

  /** Reads base 64; throws {@link IllegalArgumentException} on anything else. */
  static Hash ofBase64(String text) {
    return sized(Base64.getDecoder().decode(text));
  }

  /** SHA-256 of bytes. */
  public static Hash sha256(byte[] bytes) {
    byte[] out = new byte[LENGTH];
    var sha = new Sha();
    sha.update(bytes, 0, bytes.length);
    sha.end(out, 0);
    return new Hash(out);
  }

  /** Puts the 32 bytes somewhere. */
  public void into(byte[] out, int at) {
    System.arraycopy(bytes, 0, out, at, LENGTH);
  }

  /** Hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }

  private static Hash sized(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash is 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes);
  }
}
