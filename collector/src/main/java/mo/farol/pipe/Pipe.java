package mo.farol.pipe;

import java.time.Duration;
import java.util.List;

/**
 * One stage of a query. Names are those of fields while events flow, aliases already resolved, and
 * those of columns once a stage made a table; a {@code column} is where a part began in the text,
 * from 1.
 */
public sealed interface Pipe {
  /** Where the stage began. */
  int column();

  /** The name of a field or of a column. */
  record Name(String text, int column) {}

  /** Groups by keys, with what is told of each. */
  record Group(List<By> keys, List<Told> told, int column) implements Pipe {
    public Group {
      keys = List.copyOf(keys);
      told = List.copyOf(told);
    }
  }

  /** The most frequent values, or the rarest ones, with how many have each. */
  record Top(boolean rare, int n, List<Name> names, int column) implements Pipe {
    public Top {
      names = List.copyOf(names);
    }
  }

  /** Only these columns, in this order. */
  record Fields(List<Name> names, int column) implements Pipe {
    public Fields {
      names = List.copyOf(names);
    }
  }

  /** In this order; of equal rows the one that came first stays first. */
  record Sort(List<Order> orders, int column) implements Pipe {
    public Sort {
      orders = List.copyOf(orders);
    }
  }

  /** Of rows with the same values the first one: of events, the newest. */
  record Dedup(List<Name> names, int column) implements Pipe {
    public Dedup {
      names = List.copyOf(names);
    }
  }

  /** The first rows. */
  record Limit(int n, int column) implements Pipe {}

  /** Rows of which all of this holds. */
  record Where(List<Condition> conditions, int column) implements Pipe {
    public Where {
      conditions = List.copyOf(conditions);
    }
  }

  /** A key. */
  sealed interface By {
    /** Values of a field or column. */
    record Values(Name name) implements By {}

    /** Spans of time of {@code @timestamp}. */
    record Bin(Duration width, int column) implements By {}
  }

  /** What can be told of a group. */
  enum Kind {
    COUNT,
    DISTINCT,
    SUM,
    AVG,
    MIN,
    MAX,
    PERCENTILES,
    FIRST,
    LAST;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether it works on numbers only. */
    public boolean isOfNumbers() {
      return this == SUM || this == AVG || this == PERCENTILES;
    }
  }

  /**
   * One thing told of a group.
   *
   * @param name of the field or column; its text is empty for a count
   * @param percents of percentiles, else none
   * @param columns names of the columns it makes, one for each of {@code percents} or one
   */
  record Told(Kind kind, Name name, List<Double> percents, List<String> columns) {
    public Told {
      percents = List.copyOf(percents);
      columns = List.copyOf(columns);
    }
  }

  /** A column to sort by. */
  record Order(Name name, boolean descending) {}

  /** How a cell must stand to a value. */
  enum Test {
    EQUAL("="),
    OTHER("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    private final String sign;

    Test(String sign) {
      this.sign = sign;
    }

    /** As it is written. */
    public String sign() {
      return sign;
    }
  }

  /** What a row must be. */
  record Condition(Name name, Test test, String value) {}
}
