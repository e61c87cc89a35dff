package mo.farol.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A text and who signed it, as C2SP signed-note writes it: the text, an empty line, one line for
 * each signature.
 *
 * @param text ends with LF
 * @param lines one signature each, without LF
 */
record Note(String text, List<String> lines) {
  private static final String DASH = "— ";

  Note {
    lines = List.copyOf(lines);
  }

  /** Reads {@link #toString}; throws {@link IllegalArgumentException} on anything else. */
  static Note parse(String note) {
    int end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n")) {
      throw new IllegalArgumentException("a signed note has an empty line before its signatures");
    }
    return new Note(note.substring(0, end + 1), note.substring(end + 2).lines().toList());
  }

  static Note signed(String text, SignerKey key) {
    byte[] signature = key.sign(utf8(text));
    return new Note(text, List.of(line(key.verifier(), signature)));
  }

  /**
   * What a witness adds: its name, and when it saw this text.
   *
   * @param seconds since 1970-01-01T00:00Z
   */
  String cosignature(SignerKey witness, long seconds) {
    byte[] signature = witness.sign(utf8(witnessed(seconds)));
    byte[] both = ByteBuffer.allocate(8 + signature.length).putLong(seconds).put(signature).array();
    return line(witness.verifier(), both);
  }

  boolean isSignedBy(VerifierKey key) {
    return lines.stream().anyMatch(line -> isSigned(line, key));
  }

  /** When a witness saw this text, in seconds since 1970; empty unless one of the lines is its. */
  Optional<Long> seenBy(VerifierKey witness) {
    return lines.stream().flatMap(line -> seen(line, witness).stream()).findFirst();
  }

  /** Whether a line bears a key's name and id; not whether it is good. */
  static boolean isBy(String line, VerifierKey key) {
    return signature(line, key).isPresent();
  }

  Note with(String line) {
    var more = new ArrayList<>(lines);
    more.add(line);
    return new Note(text, more);
  }

  @Override
  public String toString() {
    return text + "\n" + String.join("\n", lines) + "\n";
  }

  private boolean isSigned(String line, VerifierKey key) {
    var signature = signature(line, key);
    return signature.isPresent() && key.isSigned(utf8(text), signature.get());
  }

  private Optional<Long> seen(String line, VerifierKey witness) {
    return signature(line, witness)
        .filter(bytes -> bytes.length > 8)
        .filter(
            bytes -> {
              long seconds = ByteBuffer.wrap(bytes).getLong();
              return witness.isSigned(
                  utf8(witnessed(seconds)), Arrays.copyOfRange(bytes, 8, bytes.length));
            })
        .map(bytes -> ByteBuffer.wrap(bytes).getLong());
  }

  // The bytes after the key's id, where a line bears its name and id.
  private static Optional<byte[]> signature(String line, VerifierKey key) {
    String start = DASH + key.name() + " ";
    if (!line.startsWith(start)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(line.substring(start.length()));
      boolean isIts =
          bytes.length > 4
              && ByteBuffer.wrap(bytes).getInt() == key.id()
              && line.endsWith(" " + Base64.getEncoder().encodeToString(bytes));
      return isIts ? Optional.of(Arrays.copyOfRange(bytes, 4, bytes.length)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private String witnessed(long seconds) {
    return "cosignature/v1\ntime " + seconds + "\n" + text;
  }

  private static String line(VerifierKey key, byte[] signature) {
    byte[] bytes =
        ByteBuffer.allocate(4 + signature.length).putInt(key.id()).put(signature).array();
    return DASH + key.name() + " " + Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
