package mo.farol.seal;

import java.time.Instant;
import java.util.List;

/**
 * That another key signs from a size on: said by the key that signed until then, and by the other.
 *
 * @param size leaves of the last head that the old key signed
 * @param removals number of the last removal that the old key signed
 * @param from the old key
 * @param to the new one, of the same name
 * @param at when
 */
public record Rotation(long size, long removals, VerifierKey from, VerifierKey to, Instant at) {
  private static final String TITLE = "farol key rotation/1";

  /** The text that both sign. */
  String text() {
    return "%s\n%s\n%d\nremovals %d\nfrom %s\nto %s\ntime %s\n"
        .formatted(TITLE, from.name(), size, removals, from, to, at);
  }

  /** Reads {@link #text}; throws {@link IllegalArgumentException} on anything else. */
  static Rotation parse(String text) {
    List<String> lines = text.lines().toList();
    try {
      var rotation =
          new Rotation(
              Long.parseLong(lines.get(2)),
              Long.parseLong(lines.get(3).substring(9)),
              VerifierKey.parse(lines.get(4).substring(5)),
              VerifierKey.parse(lines.get(5).substring(3)),
              Instant.parse(lines.get(6).substring(5)));
      if (rotation.text().equals(text) && rotation.size >= 0 && rotation.removals >= 0) {
        return rotation;
      }
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("this is no rotation of a key: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("this is no rotation of a key");
  }

  static Note signed(Rotation rotation, SignerKey from, SignerKey to) {
    return Note.signed(rotation.text(), from)
        .with(Note.signed(rotation.text(), to).lines().getFirst());
  }

  /**
   * Reads a note that both keys signed.
   *
   * @throws IllegalArgumentException where one did not
   */
  static Rotation ofNote(String text) {
    var note = Note.parse(text);
    var rotation = parse(note.text());
    for (var key : List.of(rotation.from, rotation.to)) {
      if (!note.isSignedBy(key)) {
        throw new IllegalArgumentException(
            "the rotation after %d events was not signed by %s".formatted(rotation.size, key));
      }
    }
    if (!rotation.from.name().equals(rotation.to.name())
        || rotation.to.kind() != rotation.from.kind()) {
      throw new IllegalArgumentException("a rotation keeps the name " + rotation.from.name());
    }
    return rotation;
  }
}
