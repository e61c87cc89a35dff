package mo.farol.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/** Answers of an index. {@code exact} is false where the deadline came first. */
public sealed interface Found {
  /** Whether everything was looked at. */
  boolean exact();

  /**
   * Rows, newest first.
   *
   * @param total events that match, before and after the page included
   * @param counted whether the total is all of them in the days that were looked at; else counting
   *     ended where it was asked to, or at the deadline
   * @param more whether rows follow the last one, or may because not all was looked at
   * @param whole whether everything was looked at that might belong among the rows; else the
   *     deadline, or another bound of the question, came first
   * @param missing days of the index that could not be looked at, or not whole
   */
  record Rows(List<Row> rows, long total, boolean counted, boolean more, boolean whole, int missing)
      implements Found {
    public Rows {
      rows = List.copyOf(rows);
    }

    /** Of all days. */
    public Rows(List<Row> rows, long total, boolean counted, boolean more, boolean whole) {
      this(rows, total, counted, more, whole, 0);
    }

    Rows shortOf(int days) {
      return new Rows(rows, total, counted, more, whole, days);
    }

    @Override
    public boolean exact() {
      return whole && missing == 0;
    }
  }

  /**
   * Every match was given to who asked.
   *
   * @param exact whether all days were looked at, whole
   */
  record Swept(boolean exact) implements Found {}

  /**
   * Values that passed a test, each once.
   *
   * @param all whether there are no more of them; else looking ended at the bound
   */
  record Passed(Set<String> values, boolean all, boolean exact) implements Found {
    public Passed {
      values = Set.copyOf(values);
    }
  }

  /**
   * Names of fields, in their order; more of them may be known by the next question.
   *
   * @param exact whether every day asked about was looked at; else there may be others
   */
  record Names(NavigableSet<String> names, boolean exact) implements Found {
    Names inexact() {
      return new Names(names, false);
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

    Values inexact() {
      return new Values(values, withField, total, false);
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

    Groups shortOf(int days) {
      var more = new ArrayList<>(partial);
      more.add(new Partial(Partial.Kind.DAYS, days, 0));
      return new Groups(groups, total, more);
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
