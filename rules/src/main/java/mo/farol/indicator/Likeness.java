package mo.farol.indicator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import mo.farol.event.Fields;

/**
 * Tells values that may hold an indicator, by the form in which an index keeps them: letters in
 * lower case. It says yes to every value that {@link IndicatorMatcher} would hit on, and to few
 * others; of values that count only together to those of one part, since an event must show it.
 * Keeps scratch; one thread.
 */
public final class Likeness {
  private static final String PATH = "url.path";
  private static final int PATH_FIELD = Fields.id(PATH);

  private final IndicatorSet set;
  private final Leading leading;
  private final Look look = new Look();
  private final UrlText url = new UrlText();
  private final long[] urls;
  private final long[] paths;
  private final long[] bareHosts; // of URLs that have no path
  private byte[] text = new byte[1024];
  private boolean isFound;

  public Likeness(IndicatorSet set) {
    this.set = set;
    leading = new Leading(set);
    var table = set.shelf(Kind.URL).table;
    urls = hashes(table, (b, from, to) -> hash(b, from, to));
    paths = hashes(table, (b, from, to) -> hash(b, path(b, from, to), query(b, from, to)));
    bareHosts = hashes(table, Likeness::bareHost);
  }

  /** Names of the fields in which indicators are looked for. */
  public static List<String> fields() {
    var names = new LinkedHashSet<String>();
    int all = Fields.size();
    for (int field = 0; field < all; field++) {
      if (FieldReadings.of(field) != FieldReadings.Reading.NONE) {
        names.add(Fields.name(field));
      }
    }
    names.add(PATH); // with a host in another field it is a URL
    return List.copyOf(names);
  }

  /**
   * Whether a value may hold an indicator, or a part of one whose other parts stand in other
   * fields.
   *
   * @param field number of one of {@link #fields}
   */
  public boolean mayHold(int field, byte[] b, int from, int to) {
    var reading = FieldReadings.of(field);
    if (!isSame(b, from, to)) {
      return true;
    }
    isFound = false;
    look.at(reading, b, from, to, set, (kind, entry) -> isFound |= leading.is(kind, entry));
    return isFound || urls.length > 0 && isPartOfUrl(field, reading, b, from, to);
  }

  private boolean isPartOfUrl(
      int field, FieldReadings.Reading reading, byte[] b, int from, int to) {
    boolean isTarget = to > from && b[from] == '/';
    if (field == PATH_FIELD) {
      return !isTarget || isPath(b, from, to);
    }
    return switch (reading) {
      case URL -> isTarget ? isPath(b, from, to) : isUrl(b, from, to);
      case HOST -> isBareHost(b, from, to);
      default -> false;
    };
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
    return url.read(b, from, to) && isIn(urls, hash(url.bytes(), 0, url.length()));
  }

  private boolean isPath(byte[] b, int from, int to) {
    int length = to - from + 1;
    text = text.length < length ? new byte[length * 2] : text;
    text[0] = 'h'; // any host will do
    System.arraycopy(b, from, text, 1, length - 1);
    return url.read(text, 0, length)
        && isIn(paths, hash(url.bytes(), url.hostTo(), query(url.bytes(), 0, url.length())));
  }

  private boolean isBareHost(byte[] b, int from, int to) {
    return bareHosts.length > 0
        && url.read(b, from, to)
        && isIn(bareHosts, hash(url.bytes(), url.hostFrom(), url.hostTo()));
  }

  private static boolean isIn(long[] hashes, long hash) {
    return Arrays.binarySearch(hashes, hash) >= 0;
  }

  private interface Part {
    long hash(byte[] b, int from, int to);
  }

  private long[] hashes(ByteTable urls, Part part) {
    long[] hashes = new long[urls.size()];
    int count = 0;
    for (int i = 0; i < hashes.length; i++) {
      long hash = leading.is(Kind.URL, i) ? part.hash(urls.arena(), urls.start(i), urls.end(i)) : 0;
      if (hash != 0) {
        hashes[count++] = hash;
      }
    }
    long[] all = Arrays.copyOf(hashes, count);
    Arrays.sort(all);
    return all;
  }

  private static long bareHost(byte[] b, int from, int to) {
    int path = path(b, from, to);
    if (query(b, from, to) - path > 1) {
      return 0;
    }
    int host = host(b, from, to);
    int port = UrlText.portColon(b, host, path);
    return hash(b, host, port);
  }

  private static int host(byte[] b, int from, int to) {
    for (int i = from; i + 2 < to && b[i] != '/'; i++) {
      if (b[i] == ':' && b[i + 1] == '/' && b[i + 2] == '/') {
        return i + 3;
      }
    }
    return from;
  }

  // Every URL that is compared has a slash behind its host.
  private static int path(byte[] b, int from, int to) {
    int i = host(b, from, to);
    while (i < to && b[i] != '/') {
      i++;
    }
    return i;
  }

  private static int query(byte[] b, int from, int to) {
    int i = from;
    while (i < to && b[i] != '?') {
      i++;
    }
    return i;
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
