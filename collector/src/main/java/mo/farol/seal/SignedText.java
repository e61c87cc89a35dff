package mo.farol.seal;

import java.util.Optional;

/**
 * A text of another kind than heads, signed with a seal's key as C2SP signed-note writes it. Its
 * first line names its kind, so that none can be taken for another.
 */
public final class SignedText {
  private SignedText() {}

  /** Signs a text that ends with LF and has no empty line. */
  public static String sign(String text, SignerKey key) {
    return Note.signed(text, key).toString();
  }

  /** The text of a note where a key signed it; empty where it did not, or it is no note. */
  public static Optional<String> read(String note, VerifierKey key) {
    try {
      var read = Note.parse(note);
      return read.isSignedBy(key) ? Optional.of(read.text()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
