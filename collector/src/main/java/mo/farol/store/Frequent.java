package mo.farol.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexReader.CacheKey;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Most frequent values, bounded in bytes: where there are more values than find room, the answer is
 * not exact. All who count draw on one pool, so that many at once take no more than a few. Where
 * every event of a segment matches, its terms say how many events have each; else by doc values
 * where the field is a facet, and by going through the terms' events where it isn't. What was
 * counted of whole segments is kept for the next who asks.
 */
final class Frequent implements AutoCloseable {
  /** What the values counted may take in memory, and how much of it is not out of the pool. */
  private static final long MOST_BYTES = 64L << 20;

  private static final long OWN_BYTES = 1L << 20;

  private static final int CHECK = (1 << 12) - 1;

  /** Looking at a term costs as much as looking at so many events' doc values. */
  private static final int EVENTS_A_TERM = 25;

  /** Leaping to an event costs as much as going through so many. */
  private static final int EVENTS_A_LEAP = 8;

  /** So many new segments are counted anew with each question. */
  private static final int NEW_SEGMENTS = 6;

  /** Events of a segment that is not merged soon. */
  private static final int LASTING = 100_000;

  private final String field;
  private final KeptTops kept;
  private final String facet;
  private final BytesRef prefix;
  private final Map<CacheKey, Segment> whole = new HashMap<>();
  private final Budget budget;
  private final ValueCounts counts;
  private long withField;
  private long total;
  private KeptTops.@Nullable Top base;

  Frequent(String field, KeptTops kept) {
    this(field, kept, new Budget(MOST_BYTES, OWN_BYTES, kept.pool()));
  }

  private Frequent(String field, KeptTops kept, Budget budget) {
    this.field = field;
    this.kept = kept;
    this.budget = budget;
    counts = new ValueCounts(budget);
    facet = Layout.FACET + field;
    prefix = new BytesRef(Layout.prefix(Layout.isOwn(field) ? Layout.OWN : Layout.VALUE, field));
  }

  /** Nothing that was counted is held any more. */
  @Override
  public void close() {
    budget.close();
  }

  void look(Segment segment, Deadline deadline) throws IOException {
    var core = segment.reader().getCoreCacheHelper();
    if (core != null && segment.isWhole() && isFacetOf(segment)) {
      whole.put(core.getKey(), segment);
    } else {
      count(segment, deadline);
    }
  }

  private boolean isFacetOf(Segment segment) throws IOException {
    return segment.reader().getSortedSetDocValues(facet) != null;
  }

  /** Once all segments were looked at, and while they can still be read. */
  void end(Deadline deadline) throws IOException {
    base = kept.of(new KeptTops.Name(field, true), whole.keySet());
    if (base == null || left(whole).size() > NEW_SEGMENTS) {
      // What lasts for itself: small segments are merged away soon, and what holds them with it.
      base = kept.of(new KeptTops.Name(field, false), whole.keySet());
      var lasting = new HashMap<>(whole);
      lasting.values().removeIf(segment -> segment.reader().maxDoc() < LASTING);
      extend(false, lasting, deadline);
      extend(true, whole, deadline);
    }
    count(left(whole).values(), deadline);
  }

  private Map<CacheKey, Segment> left(Map<CacheKey, Segment> all) {
    var left = new HashMap<>(all);
    if (base != null) {
      left.keySet().removeAll(base.segments());
    }
    return left;
  }

  /** Makes the base one of all these segments, unless that takes too long or too much. */
  private void extend(boolean isOfAll, Map<CacheKey, Segment> all, Deadline deadline)
      throws IOException {
    var left = left(all);
    if (left.isEmpty()) {
      return;
    }
    var more = new Frequent(field, kept, budget);
    more.count(left.values(), deadline);
    int values = more.counts.size() + (base == null ? 0 : base.counts().size());
    boolean isTooMuch = more.counts.isShort() || values > KeptTops.MOST_VALUES;
    if (deadline.missed() || isTooMuch || !budget.take(KeptTops.cost(values))) {
      adopt(more);
      whole.keySet().removeAll(left.keySet());
      return;
    }
    var segments = new HashSet<>(left.keySet());
    if (base != null) {
      segments.addAll(base.segments());
    }
    base = KeptTops.Top.of(base, segments, more.counts.all(), more.withField, more.total);
    kept.keep(new KeptTops.Name(field, isOfAll), base);
    for (var segment : left.values()) {
      Objects.requireNonNull(segment.reader().getCoreCacheHelper()).addClosedListener(kept);
    }
    more.counts.letGo();
  }

  private void adopt(Frequent more) {
    counts.adopt(more.counts);
    withField += more.withField;
    total += more.total;
  }

  private void count(Iterable<Segment> segments, Deadline deadline) throws IOException {
    for (var segment : segments) {
      if (!deadline.isOver()) {
        count(segment, deadline);
      }
    }
  }

  private void count(Segment segment, Deadline deadline) throws IOException {
    var values = segment.reader().getSortedSetDocValues(facet);
    int events = segment.reader().maxDoc();
    if (values != null && values.getValueCount() * EVENTS_A_TERM < events && segment.isWhole()) {
      total += events;
      withField += values.cost(); // the number of events that have one, as this codec tells it
      byFrequency(segment, deadline);
      return;
    }
    var matches = segment.matches(deadline);
    if (matches == null) {
      return;
    }
    int matching = matches.cardinality();
    total += matching;
    if (values == null) {
      byTerms(segment, matches, deadline);
    } else if (!budget.take(Integer.BYTES * values.getValueCount())) {
      counts.fallShort();
    } else {
      byFacet(values, matches, matching < events / EVENTS_A_LEAP, deadline);
      budget.give(Integer.BYTES * values.getValueCount());
    }
  }

  private void byFacet(
      SortedSetDocValues values, FixedBitSet matches, boolean areFew, Deadline deadline)
      throws IOException {
    if (areFew) {
      byLeaps(values, matches, deadline);
    } else {
      byFacet(values, matches, deadline);
    }
  }

  Found.Values values(int n, boolean exact) {
    var known = base;
    var all =
        counts.all().entrySet().stream().map(entry -> value(entry.getKey(), entry.getValue()[0]));
    if (known == null) {
      return new Found.Values(
          Found.Values.most(all, n), withField, total, exact && !counts.isShort());
    }
    var others = known.values().stream().filter(v -> !counts.has(v.value())).limit(n);
    return new Found.Values(
        Found.Values.most(Stream.concat(all, others), n),
        withField + known.withField(),
        total + known.total(),
        exact && !counts.isShort());
  }

  private Found.Value value(BytesRef value, long count) {
    return new Found.Value(value.utf8ToString(), count + (base == null ? 0 : base.count(value)));
  }

  private void byFrequency(Segment segment, Deadline deadline) throws IOException {
    var all = segment.reader().terms(Layout.TERMS);
    if (all == null) {
      return;
    }
    var terms = all.iterator();
    for (boolean more = stand(terms); more && !deadline.isOver(); more = step(terms)) {
      counts.add(value(terms.term()), terms.docFreq());
    }
  }

  private void byLeaps(SortedSetDocValues values, FixedBitSet matches, Deadline deadline)
      throws IOException {
    int[] perValue = new int[Math.toIntExact(values.getValueCount())];
    int seen = 0;
    for (int doc = matches.nextSetBit(0);
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = after(matches, doc)) {
      if ((++seen & CHECK) == 0 && deadline.isOver()) {
        break;
      }
      if (values.advanceExact(doc)) {
        count(values, perValue);
      }
    }
    addAll(values, perValue);
  }

  private static int after(FixedBitSet matches, int doc) {
    return doc + 1 < matches.length() ? matches.nextSetBit(doc + 1) : DocIdSetIterator.NO_MORE_DOCS;
  }

  private void byFacet(SortedSetDocValues values, FixedBitSet matches, Deadline deadline)
      throws IOException {
    int[] perValue = new int[Math.toIntExact(values.getValueCount())];
    int seen = 0;
    for (int doc = values.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = values.nextDoc()) {
      if ((++seen & CHECK) == 0 && deadline.isOver()) {
        break;
      }
      if (matches.get(doc)) {
        count(values, perValue);
      }
    }
    addAll(values, perValue);
  }

  private void count(SortedSetDocValues values, int[] perValue) throws IOException {
    withField++;
    for (int k = values.docValueCount(); k > 0; k--) {
      perValue[(int) values.nextOrd()]++;
    }
  }

  private void addAll(SortedSetDocValues values, int[] perValue) throws IOException {
    for (int value = 0; value < perValue.length; value++) {
      if (perValue[value] > 0) {
        counts.add(values.lookupOrd(value), perValue[value]);
      }
    }
  }

  private void byTerms(Segment segment, FixedBitSet matches, Deadline deadline) throws IOException {
    var all = segment.reader().terms(Layout.TERMS);
    if (all == null) {
      return;
    }
    var terms = all.iterator();
    var having = new FixedBitSet(matches.length());
    PostingsEnum postings = null;
    for (boolean more = stand(terms); more && !deadline.isOver(); more = step(terms)) {
      postings = terms.postings(postings, PostingsEnum.NONE);
      int count = count(postings, matches, having);
      if (count > 0) {
        counts.add(value(terms.term()), count);
      }
    }
    withField += having.cardinality();
  }

  /** Goes to the field's first term; false where it has none. */
  private boolean stand(TermsEnum terms) throws IOException {
    return terms.seekCeil(prefix) != TermsEnum.SeekStatus.END
        && StringHelper.startsWith(terms.term(), prefix);
  }

  private boolean step(TermsEnum terms) throws IOException {
    return terms.next() != null && StringHelper.startsWith(terms.term(), prefix);
  }

  // As long as a facet keeps it, so that all segments tell values apart alike.
  private BytesRef value(BytesRef term) {
    int from = term.offset + prefix.length;
    int end = term.offset + term.length;
    int to = Utf8.whole(term.bytes, from, Math.min(end, from + Layout.LONGEST_FACET), end);
    return new BytesRef(term.bytes, from, to - from);
  }

  private static int count(PostingsEnum postings, FixedBitSet matches, FixedBitSet having)
      throws IOException {
    int count = 0;
    for (int doc = postings.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = postings.nextDoc()) {
      if (matches.get(doc)) {
        having.set(doc);
        count++;
      }
    }
    return count;
  }
}
