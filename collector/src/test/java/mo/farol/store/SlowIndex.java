package mo.farol.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import mo.farol.event.EventBatch;
import mo.farol.event.Scope;

/**
 * An index of a thousand events that answers when the test lets it: questions for one word take
 * until {@link #finish}, looking at the clock all the while, others no time. Nothing is in it.
 */
public final class SlowIndex implements EventIndex {
  /** As a word: looking for the names of fields takes time. */
  public static final String NAMES = "*names*";

  private static final long EVENTS = 1_000;

  private final Map<String, Boolean> slow = new ConcurrentHashMap<>();
  private volatile long searchable;

  /** Says that all before this sequence can be found. */
  public SlowIndex searchableTo(long sequence) {
    searchable = sequence;
    return this;
  }

  /** From now on questions for this word take time. */
  public SlowIndex slowFor(String word) {
    slow.put(word, true);
    return this;
  }

  /** Lets questions for a word be answered. */
  public void finish(String word) {
    slow.remove(word);
  }

  @Override
  public Found.Rows newest(
      Question question, int limit, long countTo, Optional<Row> after, Deadline deadline) {
    work(question, deadline);
    return new Found.Rows(List.of(), 0, true, false, !deadline.missed());
  }

  @Override
  public Found.Rows nearest(Question question, Row of, Side side, int limit, Deadline deadline) {
    work(question, deadline);
    return new Found.Rows(List.of(), 0, true, false, !deadline.missed());
  }

  @Override
  public Found.Swept sweep(Question question, Sweeping look, Deadline deadline) {
    work(question, deadline);
    return new Found.Swept(!deadline.missed());
  }

  @Override
  public Found.Passed values(
      String field, Question question, ValueTest test, int most, Deadline deadline) {
    return new Found.Passed(java.util.Set.of(), true, true);
  }

  @Override
  public Found.Counts counts(
      Question question, long fromMicros, long widthMicros, int bins, Deadline deadline) {
    return new Found.Counts(java.util.Collections.nCopies(bins * 8, 0L), true);
  }

  @Override
  public Found.Values top(Question question, String field, int n, Deadline deadline) {
    work(question, deadline);
    return new Found.Values(List.of(), 0, 0, true);
  }

  @Override
  public boolean isFacet(String field) {
    return Layout.FACETS.contains(field);
  }

  @Override
  public Found.Values fields(Question question, int n, Deadline deadline) {
    return new Found.Values(List.of(), 0, 0, true);
  }

  @Override
  public Found.Groups groups(Question question, Grouping grouping, Deadline deadline) {
    work(question, deadline);
    return new Found.Groups(List.of(), 0, List.of());
  }

  private void work(Question question, Deadline deadline) {
    String word = question.clause() instanceof Clause.Term(_, var value, _) ? value : "";
    deadline.watcher().ahead(EVENTS);
    deadline.watcher().found(7);
    deadline.watcher().passed(EVENTS / 4);
    while (slow.containsKey(word) && !deadline.isOver()) {
      Thread.onSpinWait();
    }
    deadline.watcher().passed(EVENTS - EVENTS / 4);
  }

  @Override
  public Found.Names fieldNames(
      String prefix, Scope scope, long fromMicros, long toMicros, Deadline deadline) {
    while (slow.containsKey(NAMES) && !deadline.isOver()) {
      Thread.onSpinWait();
    }
    return new Found.Names(new TreeSet<>(), !deadline.missed());
  }

  @Override
  public long replaced(Question question) {
    return 0;
  }

  @Override
  public long reached() {
    return searchable;
  }

  @Override
  public List<String> ownFields() {
    return Layout.OWN_FIELDS;
  }

  @Override
  public String name() {
    return "slow";
  }

  @Override
  public long next() {
    return 0;
  }

  @Override
  public void accept(EventBatch batch) {}

  @Override
  public void pulse(boolean caughtUp) {}

  @Override
  public void replace(List<Replacement> replacements) {}

  @Override
  public long searchable() {
    return searchable;
  }

  @Override
  public void refresh() {}

  @Override
  public void commit() {}

  @Override
  public void close() {}
}
