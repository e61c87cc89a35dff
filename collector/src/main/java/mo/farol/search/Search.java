package mo.farol.search;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Scope;
import mo.farol.store.EventIndex;
import mo.farol.store.Layout;
import mo.farol.store.Reading;
import mo.farol.store.StoreFault;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;

/** Answers questions about events. Any thread; each question within its deadline and its scope. */
public final class Search {
  private static final Sort NEWEST_FIRST =
      new Sort(
          new SortField(Layout.TIME, SortField.Type.LONG, true),
          new SortField(Layout.SEQUENCE, SortField.Type.LONG, true));

  private final EventIndex index;
  private final EventReader events;
  private final SearchConfig config;

  public Search(EventIndex index, EventReader events, SearchConfig config) {
    this.index = index;
    this.events = events;
    this.config = config;
  }

  /**
   * Rows that match, newest first.
   *
   * @throws QueryFault when the query can't be understood
   */
  public Hits find(SearchRequest request) {
    long begun = System.nanoTime();
    Query query = Compiler.compile(request);
    try (var reading = index.read()) {
      var searcher = limited(reading);
      var rows = rows(searcher, query, request);
      var total = new Total(searcher, query);
      var found = recall(searcher, rows);
      boolean more = rows.scoreDocs.length == limit(request);
      var next = more ? Optional.of(cursor(rows).write()) : Optional.<String>empty();
      return new Hits(
          found,
          Math.max(total.count(), found.size()),
          total.isExact() && !searcher.timedOut(),
          next,
          Duration.ofNanos(System.nanoTime() - begun));
    } catch (IOException e) {
      throw new StoreFault("cannot search", e);
    }
  }

  /** Counts over time of what matches, in at most about so many bins of a round width. */
  public Histogram histogram(SearchRequest request, int bins) {
    Query query = Compiler.compile(request);
    try (var reading = index.read()) {
      var collector = new HistogramCollector(request.from(), request.to(), bins);
      limited(reading).search(query, collector.manager());
      return collector.result();
    } catch (IOException e) {
      throw new StoreFault("cannot count over time", e);
    }
  }

  /** Most frequent values of a field among what matches. */
  public TopValues top(SearchRequest request, String field, int count) {
    Query query = Compiler.compile(request);
    try (var reading = index.read()) {
      return new ValueCounter(limited(reading), query, field).top(count);
    } catch (IOException e) {
      throw new StoreFault("cannot count values of " + field, e);
    }
  }

  /** Names of fields that matching events have, most frequent first, with how many have each. */
  public List<TopValues.Value> fields(SearchRequest request, int count) {
    Query query = Compiler.compile(request);
    try (var reading = index.read()) {
      return new FieldNames(limited(reading), query).top(count);
    } catch (IOException e) {
      throw new StoreFault("cannot list fields", e);
    }
  }

  /** One event with its frame; empty when there is none or the scope does not see it. */
  public Optional<EventReader.Recalled> event(EventId id, Scope scope) {
    return events.recall(id.sequence(), -1).filter(r -> scope.sees(r.event().source().agency()));
  }

  /** Sequence up to which everything can be found. */
  public long searchable() {
    return index.searchable();
  }

  private IndexSearcher limited(Reading reading) {
    var searcher = reading.searcher();
    searcher.setTimeout(new QueryTimeoutImpl(config.deadline().toMillis()));
    return searcher;
  }

  private TopFieldDocs rows(IndexSearcher searcher, Query query, SearchRequest request)
      throws IOException {
    FieldDoc after =
        request
            .cursor()
            .map(Cursor::read)
            .map(
                c ->
                    new FieldDoc(
                        Integer.MAX_VALUE, Float.NaN, new Object[] {c.time(), c.sequence()}))
            .orElse(null);
    return searcher.search(
        query, new TopFieldCollectorManager(NEWEST_FIRST, limit(request), after, 1));
  }

  private int limit(SearchRequest request) {
    return Math.clamp(request.limit(), 1, config.limit());
  }

  private static Cursor cursor(TopFieldDocs rows) {
    var last = (FieldDoc) rows.scoreDocs[rows.scoreDocs.length - 1];
    return new Cursor((long) last.fields[0], (long) last.fields[1]);
  }

  private List<Event> recall(IndexSearcher searcher, TopFieldDocs rows) throws IOException {
    var found = new ArrayList<Event>(rows.scoreDocs.length);
    for (var row : rows.scoreDocs) {
      long sequence = (long) ((FieldDoc) row).fields[1];
      events
          .recall(sequence, position(searcher, row.doc))
          .ifPresent(recalled -> found.add(recalled.event()));
    }
    return found;
  }

  private static long position(IndexSearcher searcher, int doc) throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    var leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
    var positions = DocValues.getNumeric(leaf.reader(), Layout.POSITION);
    return positions.advanceExact(doc - leaf.docBase) ? positions.longValue() : -1;
  }
}
