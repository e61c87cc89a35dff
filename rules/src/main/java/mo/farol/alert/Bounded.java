package mo.farol.alert;

import java.util.Arrays;
import java.util.List;
import mo.farol.event.EventId;
import mo.farol.event.Excerpt;

/** Lists that an attacker feeds have an end. */
final class Bounded {
  /** Event ids an alert or a fact lists at most. */
  static final int EVENTS = 1000;

  private Bounded() {}

  /**
   * Both lists in one, in order, without repeats, at most the newest {@link #EVENTS}. Takes time
   * for what it returns, once for each growth of an alert.
   *
   * @param a in order, without repeats, as is b
   */
  static List<EventId> join(List<EventId> a, List<EventId> b) {
    var newest = new EventId[Math.min(EVENTS, a.size() + b.size())];
    int from = newest.length;
    int i = a.size() - 1;
    int j = b.size() - 1;
    while (from > 0 && (i >= 0 || j >= 0)) {
      int order = i < 0 ? -1 : j < 0 ? 1 : a.get(i).compareTo(b.get(j));
      newest[--from] = order >= 0 ? a.get(i) : b.get(j);
      i -= order >= 0 ? 1 : 0;
      j -= order <= 0 ? 1 : 0;
    }
    return List.of(Arrays.copyOfRange(newest, from, newest.length));
  }

  /** How many ids two lists hold that are in order, without repeats. */
  static int different(List<EventId> a, List<EventId> b) {
    int both = 0;
    for (int i = 0, j = 0; i < a.size() && j < b.size(); ) {
      int order = a.get(i).compareTo(b.get(j));
      both += order == 0 ? 1 : 0;
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return a.size() + b.size() - both;
  }

  /** The newest {@link #EVENTS} of ids in order. */
  static List<EventId> newest(List<EventId> all) {
    return List.copyOf(all.subList(Math.max(0, all.size() - EVENTS), all.size()));
  }

  /** Ids as {@link #join} takes them: in order, each once. */
  static List<EventId> ordered(List<EventId> ids) {
    for (int i = 1; i < ids.size(); i++) {
      if (ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
        return ids.stream().sorted().distinct().toList();
      }
    }
    return ids;
  }

  /** A text no longer than a screen line or two bears. */
  static String text(String value, int limit) {
    return value.length() <= limit ? value : Excerpt.shown(value, limit - 1);
  }
}
