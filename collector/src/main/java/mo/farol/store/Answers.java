package mo.farol.store;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/**
 * Gives answers from the days there are: where one of them can't be read, from the others, and says
 * so; that day is then read through, to be set aside where it is damaged. Any thread.
 */
final class Answers {
  /** An answer to be had from days. */
  interface Asked<T> {
    T give(Reading reading) throws IOException;
  }

  /** Looks at the days as they are now. */
  interface Look<T> {
    T at(Shards now) throws IOException;
  }

  /** An answer, said to be short of so many days. */
  interface Shortening<T> {
    T of(T answer, int days);
  }

  /** What all may hold together who count values at once, beside a little of their own. */
  private static final long COUNTING_BYTES = 128L << 20;

  private static final String OURS = "mo.farol.";

  private final Supplier<Shards> shards;
  private final KeptCounts tables = new KeptCounts();
  private final KeptTops tops = new KeptTops(new Pool(COUNTING_BYTES));
  private final Sequences sequences = new Sequences();
  private final KnownNames names = new KnownNames();

  /**
   * @param shards as they are now; others once the store went back to its last commit
   */
  Answers(Supplier<Shards> shards) {
    this.shards = shards;
  }

  /** The answer of all days that can be read. */
  <T> T of(Asked<T> asked, Shortening<T> shorter) throws IOException {
    return steadily(now -> from(now, asked, shorter));
  }

  /** What the days say, asked of others where they are closed meanwhile. */
  <T> T steadily(Look<T> look) throws IOException {
    while (true) {
      var now = shards.get();
      try {
        return look.at(now);
      } catch (AlreadyClosedException e) {
        if (now == shards.get()) {
          throw new IOException("it is closed", e);
        }
      }
    }
  }

  private <T> T from(Shards now, Asked<T> asked, Shortening<T> shorter) throws IOException {
    var sight = new Sight(now, _ -> true);
    try {
      return give(sight, asked, shorter);
    } catch (IOException | RuntimeException | InternalError e) {
      if (isMeant(e)) {
        throw e;
      }
      var unreadable = unreadable(now, sight, asked);
      if (unreadable.isEmpty() || !now.doubts().doubt(unreadable)) {
        throw e instanceof IOException io ? io : new IOException(e);
      }
      return give(new Sight(now, shard -> !unreadable.contains(shard)), asked, shorter);
    }
  }

  private <T> T give(Sight sight, Asked<T> asked, Shortening<T> shorter) throws IOException {
    var answer = asked.give(reading(sight));
    return sight.missing() == 0 ? answer : shorter.of(answer, sight.missing());
  }

  private Reading reading(Sight sight) {
    return new Reading(sight, tables, tops, sequences, names);
  }

  // The days that give no answer when they are asked alone.
  private Set<Shard> unreadable(Shards now, Sight sight, Asked<?> asked) throws IOException {
    var unreadable = new HashSet<Shard>();
    for (var shard : sight.given()) {
      if (failure(new Sight(now, shard::equals), asked) != null) {
        unreadable.add(shard);
      }
    }
    return unreadable;
  }

  private @Nullable Throwable failure(Sight one, Asked<?> asked) throws IOException {
    try {
      asked.give(reading(one));
      return null;
    } catch (IOException | RuntimeException | InternalError e) {
      if (isMeant(e)) {
        throw e;
      }
      return e;
    }
  }

  // What we throw ourselves ends the work on purpose; what Java and Lucene throw may be damage.
  private static boolean isMeant(Throwable failure) {
    return failure instanceof AlreadyClosedException
        || failure.getClass().getPackageName().startsWith(OURS);
  }
}
