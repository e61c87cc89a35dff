package mo.farol.indicator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mo.farol.event.Fields;

/**
 * Tells values that may hold an indicator, by the form in which an index keeps them: letters in
 * lower case. It says yes to every value that {@link IndicatorMatcher} would hit on, and to few
 * others. Keeps scratch; one thread.
 */
public final class Likeness {
  private final IndicatorSet set;
  private final Look look = new Look();
  private final UrlText url = new UrlText();
  private final long[] urls;
  private boolean isFound;

  public Likeness(IndicatorSet set) {
    this.set = set;
    urls = urls(set);
  }

  /** Names of the fields in which indicators are looked for. */
  public static List<String> fields() {
    var names = new ArrayList<String>();
    int all = Fields.size();
    for (int field = 0; field < all; field++) {
      if (FieldReadings.of(field) != FieldReadings.Reading.NONE) {
        names.add(Fields.name(field));
      }
    }
    return names;
  }

  /**
   * Whether a value may hold an indicator.
   *
   * @param field number of one of {@link #fields}
   */
  public boolean mayHold(int field, byte[] b, int from, int to) {
    var reading = FieldReadings.of(field);
    if (!isSame(b, from, to)) {
      return true;
    }
    isFound = false;
    look.at(reading, b, from, to, set, (_, _) -> isFound = true);
    return isFound || reading == FieldReadings.Reading.URL && isUrl(b, from, to);
  }

  // A letter beyond ASCII that has two cases may have been another one.
  private static boolean isSame(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] < 0) {
        return new String(b, from, to - from, StandardCharsets.UTF_8)
            .codePoints()
            .noneMatch(c -> c == 0xFFFD || c > 127 && isCased(c));
      }
    }
    return true;
  }

  private static boolean isCased(int c) {
    return Character.isLetter(c) && Character.getType(c) != Character.OTHER_LETTER;
  }

  // Paths mind case; the index does not know it any more.
  private boolean isUrl(byte[] b, int from, int to) {
    return urls.length > 0
        && url.read(b, from, to)
        && Arrays.binarySearch(urls, hash(url.bytes(), 0, url.length())) >= 0;
  }

  private static long[] urls(IndicatorSet set) {
    var table = set.shelf(Kind.URL).table;
    long[] hashes = new long[table.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = hash(table.arena(), table.start(i), table.end(i));
    }
    Arrays.sort(hashes);
    return hashes;
  }

  private static long hash(byte[] b, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      int c = b[i] >= 'A' && b[i] <= 'Z' ? b[i] + 32 : b[i];
      hash = (hash ^ (c & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
