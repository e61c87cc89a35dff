package mo.farol.seal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Somebody who writes a removal that never was. */
public final class RemovalForger {
  private RemovalForger() {}

  /** The line after others, with an empty signature. */
  public static String unsigned(List<String> lines, Removal what) {
    return next(lines, what).line();
  }

  /** The line after others, signed with a key. */
  public static String signed(List<String> lines, Removal what, Path key) {
    return next(lines, what).signed(SignerKey.read(key)).line();
  }

  /** The line after others, with the signature of the one before. */
  public static String borrowed(List<String> lines, Removal what) {
    String signature = Removal.read(lines.getLast()).signature();
    return unsigned(lines, what)
        .replace("\"signature\":\"\"", "\"signature\":\"" + signature + "\"");
  }

  private static Removal next(List<String> lines, Removal what) {
    var last = Hash.sha256(lines.getLast().getBytes(StandardCharsets.UTF_8));
    return what.after(new Removals.Tip(lines.size(), last));
  }
}
