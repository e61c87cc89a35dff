package mo.farol.journal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bytes in the middle of a segment that can't be trusted and were set aside.
 *
 * @param segment file they lay in
 * @param offset where, in bytes
 * @param length how many
 */
public record Quarantined(String segment, long offset, long length) {
  private static final Pattern NAME = Pattern.compile("(\\d{8}-\\d{20}\\.seg)(?:\\.(\\d{1,18}))?");

  /** Name of the file that keeps a piece of a segment. */
  static String name(String segment, long offset) {
    return segment + "." + offset;
  }

  /** Reads the name of a kept file back; a whole segment has no offset behind its name. */
  static Optional<Quarantined> of(String name, long length) {
    var matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var offset = Optional.ofNullable(matcher.group(2)).map(Long::parseLong).orElse(0L);
    return Optional.of(new Quarantined(matcher.group(1), offset, length));
  }
}
