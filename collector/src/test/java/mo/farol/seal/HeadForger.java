package mo.farol.seal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Somebody who has a key signs what stands in a line of heads anew. */
public final class HeadForger {
  private HeadForger() {}

  /** The line of {@code heads.jsonl} with another's signature. */
  public static String signedBy(Path key, String line) {
    return line(SignedHead.sign(Heads.read(line).head(), SignerKey.read(key)));
  }

  /** Signs the head of {@code file}'s line {@code i} anew, in its place. */
  public static void sign(Path file, int i, Path key) throws IOException {
    var lines = new java.util.ArrayList<>(Files.readAllLines(file));
    lines.set(i, signedBy(key, lines.get(i)));
    Files.write(file, lines);
  }

  private static String line(SignedHead head) {
    return new ObjectMapper().createObjectNode().put("note", head.note()).toString();
  }
}
