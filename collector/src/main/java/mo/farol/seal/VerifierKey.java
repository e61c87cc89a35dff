package mo.farol.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Who signs: a name and an Ed25519 key, written {@code name+id+base64} as C2SP signed-note has it.
 *
 * @param name no spaces, no plus
 * @param kind 1 signs heads, 4 cosigns them
 * @param raw the 32 bytes of the public key, as RFC 8032 has them, in hexadecimal
 */
public record VerifierKey(String name, byte kind, String raw) {
  static final byte SIGNER = 1;
  static final byte COSIGNER = 4;
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int KEY = 32;

  public VerifierKey {
    if (!name.matches("[!-~&&[^+]]{1,100}")) {
      throw new IllegalArgumentException("a key's name has no spaces and no plus: '" + name + "'");
    }
  }

  /** Reads {@link #toString}; throws {@link IllegalArgumentException} on anything else. */
  public static VerifierKey parse(String text) {
    String[] parts = text.strip().split("\\+", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("a public key is written name+id+base64");
    }
    byte[] bytes = Base64.getDecoder().decode(parts[2]);
    if (bytes.length != KEY + 1 || (bytes[0] != SIGNER && bytes[0] != COSIGNER)) {
      throw new IllegalArgumentException("this is no Ed25519 key of a signer or witness");
    }
    var key = new VerifierKey(parts[0], bytes[0], HexFormat.of().formatHex(bytes, 1, 1 + KEY));
    if (!HexFormat.of().toHexDigits(key.id()).equals(parts[1])) {
      throw new IllegalArgumentException("the key does not have the id " + parts[1]);
    }
    return key;
  }

  static VerifierKey of(String name, byte kind, PublicKey key) {
    byte[] encoded = key.getEncoded();
    return new VerifierKey(
        name, kind, HexFormat.of().formatHex(encoded, X509.length, encoded.length));
  }

  /** First four bytes of SHA-256 over name, LF, kind and key. */
  int id() {
    return ByteBuffer.wrap(digest()).getInt();
  }

  /** The id as notes and people write it: eight hexadecimal digits. */
  public String shortId() {
    return HexFormat.of().toHexDigits(id());
  }

  /** SHA-256 over name, LF, kind and key: what people compare, in groups of four digits. */
  public String fingerprint() {
    return HexFormat.of().formatHex(digest(), 0, 16).replaceAll("(.{4})(?!$)", "$1 ");
  }

  /** Whether a signature over a text is this key's. */
  boolean isSigned(byte[] text, byte[] signature) {
    try {
      byte[] encoded = ByteBuffer.allocate(X509.length + KEY).put(X509).put(bytes()).array();
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    byte[] key = ByteBuffer.allocate(1 + KEY).put(kind).put(bytes()).array();
    return name + "+" + shortId() + "+" + Base64.getEncoder().encodeToString(key);
  }

  private byte[] bytes() {
    return HexFormat.of().parseHex(raw);
  }

  private byte[] digest() {
    byte[] text = (name + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] all =
        ByteBuffer.allocate(text.length + 1 + KEY).put(text).put(kind).put(bytes()).array();
    byte[] out = new byte[Hash.LENGTH];
    Hash.sha256(all).into(out, 0);
    return out;
  }
}
