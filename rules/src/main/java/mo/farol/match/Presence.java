package mo.farol.match;

import mo.farol.event.EventBatch;
import mo.farol.parse.JsonWalk;
import org.jspecify.annotations.Nullable;

/**
 * Whether the JSON of an event has a member of some name, whatever its value: Sigma specification
 * 2.1.0, modifier {@code exists}. Null, an empty list and an object leave no value behind, so the
 * frame itself is looked at, and only where no value is there. Holds scratch: one thread.
 */
final class Presence {
  private static final int DEPTH = 32;

  private final @Nullable JsonWalk[] walks = new @Nullable JsonWalk[DEPTH];

  /**
   * Looks for a name.
   *
   * @param name dotted, without spaces, as UTF-8; a dot stands for itself or for a step inward
   */
  boolean has(EventBatch batch, int i, byte[] name) {
    var frames = batch.frames();
    byte[] b = frames.bytes();
    int end = frames.end(i);
    int from = frames.start(i);
    while (from < end && b[from] != '{') {
      from++;
    }
    return from < end && find(b, from, end, name, 0, 0);
  }

  private boolean find(byte[] b, int from, int to, byte[] name, int at, int depth) {
    if (depth == DEPTH) {
      return false;
    }
    var walk = walk(depth);
    boolean isObject = b[from] == '{';
    if (!walk.enter(b, from, to)) {
      return false;
    }
    while (walk.next()) {
      int next = isObject ? behind(b, walk.keyFrom(), walk.keyTo(), name, at) : at;
      if (isObject && next == name.length) {
        return true;
      }
      boolean leads = next >= 0 && (!isObject || name[next] == '.');
      boolean nested = walk.kind() == '{' || walk.kind() == '[';
      int rest = isObject ? next + 1 : next;
      if (leads && nested && find(b, walk.from(), walk.to(), name, rest, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private JsonWalk walk(int depth) {
    var known = walks[depth];
    if (known != null) {
      return known;
    }
    var walk = new JsonWalk();
    walks[depth] = walk;
    return walk;
  }

  /** Where the name goes on behind a key, spaces of the key left out; -1 where it is another. */
  private static int behind(byte[] b, int from, int to, byte[] name, int at) {
    int next = at;
    for (int i = from; i < to; i++) {
      if (b[i] == ' ') {
        continue;
      }
      if (next == name.length || b[i] != name[next]) {
        return -1;
      }
      next++;
    }
    return next;
  }
}
