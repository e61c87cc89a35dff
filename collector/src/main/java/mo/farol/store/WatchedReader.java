package mo.farol.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterDirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.jspecify.annotations.Nullable;

/**
 * A day's reader for a question with patterns: going through its terms ends with the question's
 * time, wherever in Lucene that happens. What guides say is read once. Holds the reader below no
 * longer than that is held. For one thread, as a question is.
 */
final class WatchedReader extends FilterDirectoryReader {
  private static final int CHECK = (1 << 4) - 1;

  private final Deadline deadline;

  WatchedReader(DirectoryReader in, Deadline deadline) throws IOException {
    super(
        in,
        new SubReaderWrapper() {
          @Override
          public LeafReader wrap(LeafReader leaf) {
            return new Leaf(leaf, deadline);
          }
        });
    this.deadline = deadline;
  }

  /** Looks at the clock for a segment's question, where it is one with patterns. */
  static void demand(@Nullable LeafReader reader) {
    if (reader instanceof Leaf leaf) {
      leaf.deadline.demand();
    }
  }

  /** Finds the runs of a segment's terms that a pattern leaves; null where guides are no help. */
  interface Finding {
    @Nullable TrigramRuns runs() throws IOException;
  }

  /**
   * What a pattern leaves of a segment's terms, found once for a question: it is asked for to know
   * what that would cost, and again when the events are wanted.
   */
  static @Nullable TrigramRuns runs(LeafReader reader, PatternTerms pattern, Finding finding)
      throws IOException {
    return reader instanceof Leaf leaf ? leaf.runs(pattern, finding) : finding.runs();
  }

  @Override
  protected DirectoryReader doWrapDirectoryReader(DirectoryReader fresh) throws IOException {
    return new WatchedReader(fresh, deadline);
  }

  @Override
  public CacheHelper getReaderCacheHelper() {
    return in.getReaderCacheHelper();
  }

  private static final class Leaf extends FilterLeafReader {
    private final Deadline deadline;
    private final Map<PatternTerms, Optional<TrigramRuns>> found = new HashMap<>();

    Leaf(LeafReader in, Deadline deadline) {
      super(in);
      this.deadline = deadline;
    }

    private @Nullable TrigramRuns runs(PatternTerms pattern, Finding finding) throws IOException {
      var runs = found.get(pattern);
      if (runs == null) {
        runs = Optional.ofNullable(finding.runs());
        found.put(pattern, runs);
      }
      return runs.map(TrigramRuns::again).orElse(null);
    }

    @Override
    public @Nullable Terms terms(String field) throws IOException {
      var terms = in.terms(field);
      return terms == null ? null : new WatchedTerms(terms, deadline);
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
      return in.getCoreCacheHelper();
    }

    @Override
    public CacheHelper getReaderCacheHelper() {
      return in.getReaderCacheHelper();
    }
  }

  private static final class WatchedTerms extends FilterLeafReader.FilterTerms
      implements TrigramPostings.Guided {
    private final Deadline deadline;

    WatchedTerms(Terms in, Deadline deadline) {
      super(in);
      this.deadline = deadline;
    }

    @Override
    public @Nullable TrigramGuide guide(BytesRef prefix) {
      return TrigramPostings.guide(in, prefix);
    }

    @Override
    public TermsEnum iterator() throws IOException {
      return new Watched(in.iterator(), deadline);
    }

    @Override
    public TermsEnum intersect(CompiledAutomaton pattern, @Nullable BytesRef after)
        throws IOException {
      return new Watched(in.intersect(pattern, after), deadline);
    }
  }

  private static final class Watched extends FilterLeafReader.FilterTermsEnum {
    private final Deadline deadline;
    private int steps;

    Watched(TermsEnum in, Deadline deadline) {
      super(in);
      this.deadline = deadline;
    }

    @Override
    public @Nullable BytesRef next() throws IOException {
      step();
      return in.next();
    }

    @Override
    public SeekStatus seekCeil(BytesRef term) throws IOException {
      step();
      return in.seekCeil(term);
    }

    private void step() {
      if ((++steps & CHECK) == 0) {
        deadline.demand();
      }
    }
  }
}
