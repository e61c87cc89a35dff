package mo.farol.search;

import java.io.IOException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/** How many events match, or at least how many when the time ran out. */
final class Total {
  private final long count;
  private final boolean exact;

  Total(IndexSearcher searcher, Query query) throws IOException {
    count = searcher.count(query);
    exact = !searcher.timedOut();
  }

  long count() {
    return count;
  }

  boolean isExact() {
    return exact;
  }
}
