package mo.farol.store;

import java.io.IOException;
import org.apache.lucene.search.DocIdStream;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** Takes the documents that Lucene's bulk scorer finds, all or those of a range of time. */
abstract class Taking implements LeafCollector {
  private @Nullable InTime among;

  /** From here on takes only these; null: all. */
  void among(@Nullable InTime only) {
    among = only;
  }

  abstract void take(int doc) throws IOException;

  /** Takes documents side by side, the last left out. */
  abstract void takeRange(int from, int to) throws IOException;

  @Override
  public void setScorer(Scorable scorer) {}

  @Override
  public void collect(int doc) throws IOException {
    var only = among;
    if (only == null || only.has(doc)) {
      take(doc);
    }
  }

  @Override
  public void collectRange(int from, int to) throws IOException {
    if (among == null) {
      takeRange(from, to);
      return;
    }
    for (int doc = from; doc < to; doc++) {
      collect(doc);
    }
  }

  boolean takesAll() {
    return among == null;
  }

  /** How many there are. */
  static final class Counter extends Taking {
    private long count;

    long count() {
      return count;
    }

    @Override
    void take(int doc) {
      count++;
    }

    @Override
    void takeRange(int from, int to) {
      count += to - from;
    }

    @Override
    public void collect(DocIdStream stream) throws IOException {
      if (takesAll()) {
        count += stream.count();
      } else {
        stream.forEach(this::collect);
      }
    }
  }

  /** Each to a look. */
  static final class Giver extends Taking {
    private final Segment.Look look;

    Giver(Segment.Look look) {
      this.look = look;
    }

    @Override
    void take(int doc) throws IOException {
      look.at(doc);
    }

    @Override
    void takeRange(int from, int to) throws IOException {
      for (int doc = from; doc < to; doc++) {
        look.at(doc);
      }
    }
  }

  /** One bit for each. */
  static final class Marker extends Taking {
    private final int events;
    private @Nullable FixedBitSet bits;

    Marker(int events) {
      this.events = events;
    }

    /** Those that were taken. */
    FixedBitSet bits() {
      var made = bits;
      if (made == null) {
        made = new FixedBitSet(events);
        bits = made;
      }
      return made;
    }

    @Override
    void take(int doc) {
      bits().set(doc);
    }

    @Override
    void takeRange(int from, int to) {
      bits().set(from, to);
    }
  }
}
