package mo.farol.store;

import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.event.Sink;

/**
 * The seam behind search: Lucene day shards here, another engine at larger sites. Every read takes
 * a {@link Scope}, by itself or inside a {@link Question}.
 */
public interface EventIndex extends Sink, AutoCloseable {
  /**
   * Newest rows first.
   *
   * @param limit rows wanted, 1 or more
   * @param countTo matches after which counting may end; 0 not to count, {@link Long#MAX_VALUE} for
   *     all
   * @param after the last row of the page before
   */
  Found.Rows newest(
      Question question, int limit, long countTo, Optional<Row> after, Deadline deadline);

  /**
   * Rows that match and stand nearest to one, the nearest first. By arrival, an answer that is not
   * exact may lack rows whose own time is more than a day away. Past the deadline it ends before
   * the first row that may be missing.
   *
   * @param of the row in the middle, itself not among them
   * @param limit rows wanted, 1 or more
   */
  Found.Rows nearest(Question question, Row of, Side side, int limit, Deadline deadline);

  /**
   * Every event that matches, in no order; one may come twice where a day could not be read and was
   * left out then.
   */
  Found.Swept sweep(Question question, Sweeping look, Deadline deadline);

  /**
   * Different values of a field that pass a test, as the index keeps them: letters in lower case,
   * long ones cut. Values that events of the question's scope hold; whether there are more is told
   * of those alone.
   *
   * @param question its scope, times and sequences tell where values are looked for; its clause is
   *     not looked at
   * @param most values after which looking may end
   */
  Found.Passed values(String field, Question question, ValueTest test, int most, Deadline deadline);

  /** Counts in {@code bins} bins of {@code widthMicros} from {@code fromMicros} on. */
  Found.Counts counts(
      Question question, long fromMicros, long widthMicros, int bins, Deadline deadline);

  /** The {@code n} most frequent values of a field. */
  Found.Values top(Question question, String field, int n, Deadline deadline);

  /** Whether the values of a field are counted fast. */
  boolean isFacet(String field);

  /** The {@code n} fields that most matching events have, with how many have each. */
  Found.Values fields(Question question, int n, Deadline deadline);

  /** Groups of the events that match, and what is told of each. */
  Found.Groups groups(Question question, Grouping grouping, Deadline deadline);

  /**
   * Names of fields that events of these times have in this scope, those that start with {@code
   * prefix}. Names of other times may be among them, and of events removed within a day.
   */
  Found.Names fieldNames(
      String prefix, Scope scope, long fromMicros, long toMicros, Deadline deadline);

  /** Names of fields that the index itself gives every event, such as {@code agency}. */
  List<String> ownFields();

  /**
   * Puts events in the place of what was made of the same frames before. To be called where {@link
   * #accept} is: between two batches. A crash leaves at worst both, and doing it again then mends
   * that.
   */
  void replace(List<Replacement> replacements);

  /** Whether a part of it is made again now, so that it has not all that it had. */
  default boolean isMending() {
    return false;
  }

  /**
   * How many events were replaced so far that a question asks about by agency and day, before or
   * after: where it grows, answers given meanwhile may have one of them twice, or not at all.
   */
  long replaced(Question question);

  /** Every event with a lower sequence is searchable. */
  long searchable();

  /**
   * Sequence after the last event that is or was searchable. It is beyond {@link #searchable} while
   * a part of the index is made again, for the other parts keep what they have.
   */
  long reached();

  /** Makes everything accepted searchable. */
  void refresh();

  /** Makes everything accepted durable in the index. */
  void commit();

  @Override
  void close();
}
