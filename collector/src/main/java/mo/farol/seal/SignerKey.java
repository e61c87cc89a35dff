package mo.farol.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import mo.farol.disk.Folder;
import mo.farol.disk.OwnerOnly;

/**
 * A private Ed25519 key (RFC 8032) and its public half. The file has two lines: the public key as
 * {@link VerifierKey} writes it, the private one as base64 PKCS #8; only its owner may read it.
 */
public final class SignerKey {
  private final VerifierKey verifier;
  private final PrivateKey secret;

  private SignerKey(VerifierKey verifier, PrivateKey secret) {
    this.verifier = verifier;
    this.secret = secret;
  }

  /** A new key that signs heads. */
  static SignerKey create(String prefix) {
    return create(prefix, VerifierKey.SIGNER);
  }

  /** A new key of a witness, who cosigns heads of others. */
  public static SignerKey createWitness(String name) {
    return create(name, VerifierKey.COSIGNER);
  }

  private static SignerKey create(String name, byte kind) {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SignerKey(VerifierKey.of(name, kind, pair.getPublic()), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  /**
   * Reads a key.
   *
   * @throws SealFault when it is not there or is damaged
   */
  public static SignerKey read(Path file) {
    try {
      var lines = Files.readAllLines(file);
      var verifier = VerifierKey.parse(lines.getFirst());
      byte[] encoded = Base64.getDecoder().decode(lines.get(1));
      var secret =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new SignerKey(verifier, secret).proved();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new SealFault("cannot read the key " + file + ": " + e + "; restore it", e);
    }
  }

  /** Writes a key that is not there yet, whole or not at all. */
  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      var draft = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      String text =
          verifier + "\n" + Base64.getEncoder().encodeToString(secret.getEncoded()) + "\n";
      OwnerOnly.write(draft, text.getBytes(StandardCharsets.UTF_8));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      Folder.forceBoth(Folder.of(file));
    } catch (IOException e) {
      throw new SealFault("cannot write the key " + file + ": " + e, e);
    }
  }

  /** The public half. */
  public VerifierKey verifier() {
    return verifier;
  }

  byte[] sign(byte[] text) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key signs anything", e);
    }
  }

  private SignerKey proved() {
    byte[] text = {1, 2, 3};
    if (!verifier.isSigned(text, sign(text))) {
      throw new IllegalArgumentException("its two halves do not belong together");
    }
    return this;
  }
}
