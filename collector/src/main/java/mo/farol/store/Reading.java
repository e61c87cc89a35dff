package mo.farol.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;

/** All shards at one moment, for one question. Close it. */
public final class Reading implements AutoCloseable {
  private record Held(SearcherManager manager, IndexSearcher searcher) {}

  private final List<Held> held = new ArrayList<>();
  private final IndexSearcher searcher;

  Reading(List<SearcherManager> managers) throws IOException {
    var readers = new ArrayList<IndexReader>();
    for (var manager : managers) {
      var one = manager.acquire();
      held.add(new Held(manager, one));
      readers.add(one.getIndexReader());
    }
    searcher = new IndexSearcher(new MultiReader(readers.toArray(IndexReader[]::new), false));
  }

  /** Asks every shard at once. */
  public IndexSearcher searcher() {
    return searcher;
  }

  @Override
  public void close() {
    for (var one : held) {
      try {
        one.manager().release(one.searcher());
      } catch (IOException e) {
        throw new StoreFault("cannot let go of a shard", e);
      }
    }
  }
}
