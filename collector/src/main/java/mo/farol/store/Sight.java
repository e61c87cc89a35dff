package mo.farol.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The days that one answer looks at, and how many it can't see whole. For one thread. */
final class Sight {
  private final Shards shards;
  private final Predicate<Shard> wanted;
  private final List<Shard> given = new ArrayList<>();
  private int missing;

  /**
   * @param wanted days that may be looked at; the others are missing
   */
  Sight(Shards shards, Predicate<Shard> wanted) {
    this.shards = shards;
    this.wanted = wanted;
  }

  /** The days to be looked at for a question. */
  List<Shard> of(Question question) {
    missing = (int) shards.mendings().all().stream().filter(m -> mayLack(m, question)).count();
    given.clear();
    for (var shard : shards.all()) {
      if (shard.mayHold(question)) {
        if (wanted.test(shard)) {
          given.add(shard);
        } else {
          missing++;
        }
      }
    }
    return given;
  }

  // What came behind the part that is read again is in every day.
  private static boolean mayLack(Mendings.Mend mend, Question question) {
    return !mend.isDone()
        && question.fromSequence() < mend.upTo()
        && mend.was().overlaps(question.fromMicros(), question.toMicros());
  }

  /** The days that were looked at last. */
  List<Shard> given() {
    return List.copyOf(given);
  }

  /** Days that an answer is short of. */
  int missing() {
    return missing;
  }
}
