package mo.farol.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many events were replaced, by agency and day, so that whoever puts several answers together
 * knows when the events were others meanwhile. Counted when they are written and again when they
 * can be seen, for an answer may come in between. One thread counts, any reads.
 */
final class Replaced {
  private record Where(String agency, long day) {}

  private final Map<Where, Long> counts = new ConcurrentHashMap<>();
  private final List<Replacement> unseen = new ArrayList<>();

  void add(List<Replacement> replacements) {
    replacements.forEach(this::count);
    unseen.addAll(replacements);
  }

  /** What was written can be seen from now on. */
  void show() {
    unseen.forEach(this::count);
    unseen.clear();
  }

  /** How many a question asks about, whatever else it says. */
  long of(Question question) {
    long from = day(question.fromMicros());
    long to = day(question.toMicros());
    return counts.entrySet().stream()
        .filter(each -> question.scope().sees(each.getKey().agency()))
        .filter(each -> each.getKey().day() >= from && each.getKey().day() <= to)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private void count(Replacement each) {
    String agency = each.one().origin().agency();
    count(new Where(agency, day(each.micros())));
    count(new Where(agency, day(each.formerMicros())));
  }

  private static long day(long micros) {
    return Math.floorDiv(micros, Days.SECONDS * 1_000_000);
  }

  private void count(Where where) {
    counts.merge(where, 1L, Long::sum);
  }
}
