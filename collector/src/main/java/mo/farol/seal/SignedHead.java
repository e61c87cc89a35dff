package mo.farol.seal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** A head with its signatures. */
public final class SignedHead {
  private final Note note;
  private final Head head;

  private SignedHead(Note note) {
    this.note = note;
    this.head = Head.parse(note.text());
  }

  /** Reads {@link #note}; throws {@link IllegalArgumentException} on anything else. */
  public static SignedHead parse(String note) {
    return new SignedHead(Note.parse(note));
  }

  static SignedHead sign(Head head, SignerKey key) {
    return new SignedHead(Note.signed(head.text(), key));
  }

  /** What it says. */
  public Head head() {
    return head;
  }

  /** Text and signatures. */
  public String note() {
    return note.toString();
  }

  /** SHA-256 of the text: what a time stamp stamps. */
  public Hash digest() {
    return Hash.sha256(note.text().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a key signed it. */
  public boolean isSignedBy(VerifierKey key) {
    return note.isSignedBy(key);
  }

  /** When a witness saw it; empty where it did not say so. */
  public Optional<Instant> seenBy(VerifierKey witness) {
    return note.seenBy(witness).map(Instant::ofEpochSecond);
  }

  /** The line by which a witness says that it saw this head. */
  public String cosignature(SignerKey witness, Instant now) {
    return note.cosignature(witness, now.getEpochSecond());
  }

  /** The same with one line more. */
  public SignedHead with(String cosignature) {
    return new SignedHead(note.with(cosignature));
  }
}
