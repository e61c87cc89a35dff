package mo.farol.alert;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import mo.farol.event.EventId;
import mo.farol.event.Excerpt;

/** Lists that an attacker feeds have an end. */
final class Bounded {
  /** Event ids an alert or a fact lists at most. */
  static final int EVENTS = 1000;

  private Bounded() {}

  /** Both lists in order, without repeats, at most the newest {@link #EVENTS}. */
  static List<EventId> join(List<EventId> a, List<EventId> b) {
    var all = new TreeSet<>(a);
    all.addAll(b);
    return newest(all);
  }

  /** The newest {@link #EVENTS} of a set, in order. */
  static List<EventId> newest(NavigableSet<EventId> all) {
    while (all.size() > EVENTS) {
      all.pollFirst();
    }
    return List.copyOf(all);
  }

  /** A text no longer than a screen line or two bears. */
  static String text(String value, int limit) {
    return value.length() <= limit ? value : Excerpt.shown(value, limit - 1);
  }
}
