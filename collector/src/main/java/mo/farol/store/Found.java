package mo.farol.store;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Answers of an index. {@code exact} is false where the deadline came first. */
public sealed interface Found {
  /** Whether everything was looked at. */
  boolean exact();

  /**
   * Rows, newest first.
   *
   * @param total events that match, before and after the page included
   * @param counted whether the total is all of them; else counting ended where it was asked to
   * @param more whether rows follow the last one
   */
  record Rows(List<Row> rows, long total, boolean counted, boolean more, boolean exact)
      implements Found {
    public Rows {
      rows = List.copyOf(rows);
    }
  }

  /** Counts by bin of time and severity code: {@code counts.get(bin * 8 + severity)}. */
  record Counts(List<Long> counts, boolean exact) implements Found {
    public Counts {
      counts = List.copyOf(counts);
    }
  }

  /**
   * Most frequent values.
   *
   * @param withField events that have the field
   * @param total events that match
   */
  record Values(List<Value> values, long withField, long total, boolean exact) implements Found {
    public Values {
      values = List.copyOf(values);
    }

    /** The {@code n} most frequent of all, of two equally frequent the first by its letters. */
    static List<Value> most(Stream<Value> all, int n) {
      var order = Comparator.comparingLong(Value::count).reversed().thenComparing(Value::value);
      var most = new PriorityQueue<Value>(order.reversed());
      all.forEach(
          value -> {
            most.add(value);
            if (most.size() > n) {
              most.remove();
            }
          });
      return most.stream().sorted(order).toList();
    }
  }

  /**
   * Groups, in the order asked for.
   *
   * @param total events that match, or that were looked at before the deadline
   * @param partial what is missing, and why
   */
  record Groups(List<Group> groups, long total, List<Partial> partial) implements Found {
    public Groups {
      groups = List.copyOf(groups);
      partial = List.copyOf(partial);
    }

    @Override
    public boolean exact() {
      return partial.isEmpty();
    }
  }

  /** One group: a cell for each key, then for each measure. */
  record Group(List<Cell> cells) {
    public Group {
      cells = List.copyOf(cells);
    }
  }

  /** A value, in lower case, and how many events have it. */
  record Value(String value, long count) {}
}
