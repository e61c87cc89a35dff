package mo.farol.search;

import java.time.Duration;
import java.util.List;
import mo.farol.pipe.Table;
import mo.farol.store.Partial;

/** What a query gives: events, or with stages after {@code |} a table. */
public sealed interface Answer {
  /** Events that match. */
  record Events(Hits hits) implements Answer {}

  /**
   * What the last stage left.
   *
   * @param table its first rows
   * @param total how many rows there are
   * @param matched events that match, those before any stage
   * @param counted whether {@code matched} is all of them; else there may be more
   * @param partial in which ways the table is not the whole truth; empty where it is
   * @param took time spent
   */
  record Rows(
      Table table, long total, long matched, boolean counted, List<Partial> partial, Duration took)
      implements Answer {
    public Rows {
      partial = List.copyOf(partial);
    }

    /** Whether nothing is missing or estimated. */
    public boolean exact() {
      return partial.isEmpty();
    }

    /** What is missing or estimated, in English. */
    public List<String> told() {
      return partial.stream().map(Shortfalls::words).toList();
    }
  }
}
