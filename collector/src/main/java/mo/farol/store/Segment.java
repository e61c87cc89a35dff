package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * One segment of one day, and what is asked of it. Only the stretches that the question's range of
 * time touches are looked at, and only at its two ends is each event's time looked at.
 */
final class Segment {
  private static final int STEP = 1 << 16;
  private static final int CHECK = (1 << 12) - 1;

  /** Is given documents, in their order. */
  interface Look {
    void at(int doc) throws IOException;
  }

  private final LeafReaderContext leaf;
  private final Weight weight;
  private final Question question;
  private final DocValuesSkipper times;
  private @Nullable List<Stretch> stretches;

  private Segment(
      LeafReaderContext leaf, Weight weight, Question question, DocValuesSkipper times) {
    this.leaf = leaf;
    this.weight = weight;
    this.question = question;
    this.times = times;
  }

  /**
   * A segment that may hold matches.
   *
   * @param weight of the question, its range of time left out
   */
  static Optional<Segment> of(LeafReaderContext leaf, Question question, Weight weight)
      throws IOException {
    DocValuesSkipper times = leaf.reader().getDocValuesSkipper(Layout.TIME);
    if (times == null
        || times.minValue() >= question.toMicros()
        || times.maxValue() < question.fromMicros()) {
      return Optional.empty();
    }
    return Optional.of(new Segment(leaf, weight, question, times));
  }

  LeafReader reader() {
    return leaf.reader();
  }

  Question question() {
    return question;
  }

  /** Time of the oldest event here, a match or not. */
  long firstMicros() {
    return times.minValue();
  }

  /** Time of the newest event here, a match or not. */
  long lastMicros() {
    return times.maxValue();
  }

  /** Whether every event here lies in the question's range of time. */
  boolean isCovered() {
    return times.minValue() >= question.fromMicros() && times.maxValue() < question.toMicros();
  }

  /** Whether the question's range of time holds at least half of the time of the events here. */
  boolean isMostlyCovered() {
    long from = Math.max(times.minValue(), question.fromMicros());
    long to = Math.min(times.maxValue(), question.toMicros());
    return to - from >= (times.maxValue() - times.minValue()) / 2;
  }

  /** Whether every event here matches. */
  boolean isWhole() throws IOException {
    return isCovered() && !reader().hasDeletions() && weight.count(leaf) == reader().maxDoc();
  }

  /** The stretches that the range of time touches, the one with the newest event first. */
  List<Stretch> newestFirst() throws IOException {
    var sorted = new ArrayList<>(stretches());
    sorted.sort(Comparator.comparingLong(Stretch::lastMicros).reversed());
    return sorted;
  }

  /** Number of matches where it is known without looking at any, else -1. */
  int quickCount() throws IOException {
    return isCovered() ? weight.count(leaf) : -1;
  }

  /** About how many events have to be looked at to find the matches here. */
  long cost() throws IOException {
    var supplier = weight.scorerSupplier(leaf);
    return supplier == null ? 0 : supplier.cost();
  }

  /** Number of matches; up to the deadline. */
  long count(Deadline deadline) throws IOException {
    int quick = quickCount();
    if (quick >= 0) {
      return quick;
    }
    var counter = new Taking.Counter();
    collect(counter, deadline);
    return counter.count();
  }

  /** The same segment, asked for a shorter time. */
  Segment within(long fromMicros, long toMicros) {
    return new Segment(leaf, weight, question.within(fromMicros, toMicros), times);
  }

  /** Gives every match to a look, up to the deadline. */
  void all(Look look, Deadline deadline) throws IOException {
    if (question.hasTime()) {
      collect(new Taking.Giver(look), deadline);
    }
  }

  /** One bit for each match, up to the deadline; null where nothing matches. */
  @Nullable FixedBitSet matches(Deadline deadline) throws IOException {
    if (isWhole()) {
      var all = new FixedBitSet(reader().maxDoc());
      all.set(0, all.length());
      return all;
    }
    var marker = new Taking.Marker(reader().maxDoc());
    return collect(marker, deadline) ? marker.bits() : null;
  }

  /**
   * Gives the matches of some stretches to a look, through an iterator that may leap; right for few
   * documents of many.
   *
   * @param some in order of their documents
   */
  void each(List<Stretch> some, Look look, Deadline deadline) throws IOException {
    try {
      leap(some, look, deadline);
    } catch (Deadline.Late e) {
      return; // what was not looked at is missing, as where the clock was looked at here
    }
  }

  private void leap(List<Stretch> some, Look look, Deadline deadline) throws IOException {
    var supplier = weight.scorerSupplier(leaf);
    if (supplier == null) {
      return;
    }
    var scorer = supplier.get(some.stream().mapToLong(Stretch::length).sum());
    var fits = scorer.twoPhaseIterator();
    var docs = fits == null ? scorer.iterator() : fits.approximation();
    var live = reader().getLiveDocs();
    int seen = 0;
    for (var stretch : some) {
      if (deadline.isOver()) {
        return;
      }
      var timed = within(stretch) ? null : timed();
      int doc = docs.docID() < stretch.first() ? docs.advance(stretch.first()) : docs.docID();
      for (; doc <= stretch.last(); doc = docs.nextDoc()) {
        // Events of one instant are one stretch, however many.
        if ((++seen & CHECK) == 0 && deadline.isOver()) {
          return;
        }
        if ((live == null || live.get(doc))
            && (timed == null || timed.has(doc))
            && (fits == null || fits.matches())) {
          look.at(doc);
        }
      }
    }
  }

  // Through Lucene's bulk scorer, which takes many documents in a step.
  private boolean collect(Taking into, Deadline deadline) throws IOException {
    try {
      return take(into, deadline);
    } catch (Deadline.Late e) {
      return true; // what was not taken is missing, as where the clock was looked at here
    }
  }

  private boolean take(Taking into, Deadline deadline) throws IOException {
    var supplier = weight.scorerSupplier(leaf);
    if (supplier == null) {
      return false;
    }
    var scorer = supplier.bulkScorer();
    var live = reader().getLiveDocs();
    for (var stretch : joined(stretches())) {
      into.among(within(stretch) ? null : timed());
      for (int at = stretch.first(); at <= stretch.last() && !deadline.isOver(); ) {
        deadline.watcher().within(at);
        int stop = Math.min(stretch.last() + 1, at + STEP);
        int next = scorer.score(into, live, at, stop);
        if (next == DocIdSetIterator.NO_MORE_DOCS) {
          return true;
        }
        at = Math.max(stop, next);
      }
    }
    return true;
  }

  /** Neighbours that lie in the range of time whole are one. */
  private List<Stretch> joined(List<Stretch> all) {
    var joined = new ArrayList<Stretch>();
    for (var next : all) {
      var before = joined.isEmpty() ? null : joined.getLast();
      if (before != null && before.last() + 1 == next.first() && within(before) && within(next)) {
        joined.removeLast();
        joined.add(
            new Stretch(
                before.first(),
                next.last(),
                Math.min(before.firstMicros(), next.firstMicros()),
                Math.max(before.lastMicros(), next.lastMicros())));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  private List<Stretch> stretches() throws IOException {
    var known = stretches;
    if (known == null) {
      known = Stretch.of(skipper(), question.fromMicros(), question.toMicros());
      stretches = known;
    }
    return known;
  }

  private DocValuesSkipper skipper() throws IOException {
    return Objects.requireNonNull(reader().getDocValuesSkipper(Layout.TIME));
  }

  private boolean within(Stretch stretch) {
    return stretch.isWithin(question.fromMicros(), question.toMicros());
  }

  private InTime timed() throws IOException {
    return new InTime(
        DocValues.getNumeric(reader(), Layout.TIME), question.fromMicros(), question.toMicros());
  }
}
