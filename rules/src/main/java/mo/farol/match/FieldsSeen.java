package mo.farol.match;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import mo.farol.sigma.LogSource;

/**
 * Remembers which of the names that rules look at events had: a bit for each agency, log source and
 * name. The matcher's thread writes, any may ask.
 */
final class FieldsSeen {
  private final Columns columns;
  private final List<LogSource> sources; // by number
  private final Map<String, AtomicLongArray[]> byAgency = new ConcurrentHashMap<>();
  private SeenFields earlier = SeenFields.none();
  private String agency = "";
  private AtomicLongArray[] bits = {};

  FieldsSeen(Columns columns, List<LogSource> sources) {
    this.columns = columns;
    this.sources = List.copyOf(sources);
  }

  /** Says what was seen before, by another. */
  synchronized void earlier(SeenFields before) {
    earlier = before;
  }

  /** Whose events come next. */
  void of(String newAgency) {
    if (!newAgency.equals(agency) || bits.length == 0) {
      agency = newAgency;
      bits = byAgency.computeIfAbsent(newAgency, _ -> blank());
    }
  }

  private AtomicLongArray[] blank() {
    var blank = new AtomicLongArray[sources.size()];
    for (int i = 0; i < blank.length; i++) {
      blank[i] = new AtomicLongArray((columns.nameCount() + Long.SIZE - 1) / Long.SIZE);
    }
    return blank;
  }

  /** Takes note of the event in view, one of the log source with this number. */
  void saw(int source, View view) {
    var seen = bits[source];
    for (int i = 0; i < view.presentCount(); i++) {
      int name = view.present(i);
      long bit = 1L << name;
      int word = name / Long.SIZE;
      long before = seen.getPlain(word);
      if ((before & bit) == 0) {
        seen.setRelease(word, before | bit);
      }
    }
  }

  /** All that was seen so far. */
  synchronized SeenFields seen() {
    var all = new SeenFields(new TreeMap<>());
    earlier.names().forEach((who, some) -> some.forEach((source, n) -> all.add(who, source, n)));
    byAgency.forEach(
        (who, words) -> {
          for (int i = 0; i < words.length; i++) {
            var names = names(words[i]);
            if (!names.isEmpty()) {
              all.add(who, sources.get(i), names);
            }
          }
        });
    return all;
  }

  private Set<String> names(AtomicLongArray words) {
    var names = new TreeSet<String>();
    for (int word = 0; word < words.length(); word++) {
      for (long left = words.getAcquire(word); left != 0; left &= left - 1) {
        names.add(columns.name(word * Long.SIZE + Long.numberOfTrailingZeros(left)));
      }
    }
    return names;
  }
}
