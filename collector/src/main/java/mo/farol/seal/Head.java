package mo.farol.seal;

import java.time.Instant;
import java.util.List;

/**
 * What a signed head says: a checkpoint of C2SP tlog-checkpoint with two lines more.
 *
 * @param origin whose tree it is
 * @param size leaves
 * @param root hash of the tree
 * @param at when it was signed
 * @param removals how many removals were recorded by then
 * @param removalsTip hash of the last of them
 */
public record Head(
    String origin, long size, Hash root, Instant at, long removals, Hash removalsTip) {

  /** The text that is signed. */
  String text() {
    return "%s\n%d\n%s\ntime %s\nremovals %d %s\n"
        .formatted(origin, size, root.base64(), at, removals, removalsTip.hex());
  }

  /** Reads {@link #text}; throws {@link IllegalArgumentException} on anything else. */
  static Head parse(String text) {
    List<String> lines = text.lines().toList();
    try {
      String[] removals = lines.get(4).split(" ", -1);
      var head =
          new Head(
              lines.get(0),
              Long.parseLong(lines.get(1)),
              Hash.ofBase64(lines.get(2)),
              Instant.parse(lines.get(3).substring(5)),
              Long.parseLong(removals[1]),
              Hash.ofHex(removals[2]));
      if (head.text().equals(text) && head.size >= 0) {
        return head;
      }
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("this is no tree head: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("this is no tree head");
  }
}
