package mo.farol.splunk;

import java.nio.charset.StandardCharsets;
import mo.farol.parse.JsonWalk;
import org.jspecify.annotations.Nullable;

/** Whether an object is an event as HEC wants it. Belongs to one thread. */
final class HecShape {
  private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BLANK = "\"\"".getBytes(StandardCharsets.US_ASCII);

  private final JsonWalk walk = new JsonWalk();

  /** What is wrong with {@code b[from .. to)}, or null. */
  @Nullable HecCode fault(byte[] b, int from, int to) {
    if (!walk.enter(b, from, to) || b[from] != '{') {
      return HecCode.INVALID_FORMAT;
    }
    boolean found = false;
    boolean blank = false;
    while (walk.next()) {
      if (walk.isKey(EVENT)) {
        found = walk.kind() != 'n';
        blank = walk.to() - walk.from() == BLANK.length && walk.kind() == '"';
      }
    }
    if (!walk.isWhole()) {
      return HecCode.INVALID_FORMAT;
    }
    return blank ? HecCode.EVENT_BLANK : found ? null : HecCode.EVENT_REQUIRED;
  }
}
