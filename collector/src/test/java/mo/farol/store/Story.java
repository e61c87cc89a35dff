package mo.farol.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import mo.farol.event.EventBatch;
import mo.farol.event.Runs;
import mo.farol.event.Scope;
import mo.farol.event.Severity;

/**
 * A journal in memory and the belt that follows it, for tests of the index: random batches over
 * some days, some of them removed; and what the index must say of them in the end.
 */
final class Story {
  static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  static final int DAYS = 4;
  private static final int MOST_FAULTS = 500;
  private static final String[] WORDS = {"door", "opened", "failed", "root", "gate", "closed"};

  final Lines lines = new Lines();

  /** Batches that are in the journal no more, by their first sequence. */
  final TreeSet<Long> gone = new TreeSet<>();

  private final Random random;
  private long next;

  Story(long seed) {
    random = new Random(seed);
  }

  /** So many events more; most of a day that moves on, as the last one is, some of others. */
  EventBatch batch(int events) {
    long day = next / 600 % DAYS;
    var some = new Lines.Line[events];
    for (int i = 0; i < events; i++) {
      boolean isOfAnother = i < events - 1 && random.nextInt(10) == 0;
      long of = isOfAnother ? random.nextInt(DAYS) : day;
      var at = START.plus(Duration.ofDays(of)).plusSeconds(random.nextInt(86_400));
      some[i] = line(at);
    }
    next += events;
    return lines.batch(some);
  }

  private Lines.Line line(Instant at) {
    return Lines.line(
        random.nextBoolean() ? "a" : "b",
        at.toString(),
        Severity.ofCode(random.nextInt(8)),
        "host.name",
        "host" + random.nextInt(9),
        "user.name",
        "user" + random.nextInt(300),
        "odd." + random.nextInt(5),
        Integer.toString(random.nextInt(1_000)),
        "message",
        word() + " " + word() + " " + random.nextInt(1_000_000));
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  /**
   * Follows the journal as the belt does, from a sequence to its end, through every fault.
   *
   * @param mended is done after each fault, for one must be mended some time
   */
  void follow(Store store, long from, Runnable mended) {
    long at = from;
    for (int faults = 0; faults < MOST_FAULTS; faults++) {
      try {
        at = faults == 0 ? at : store.resume(at);
        walk(store, at);
        return;
      } catch (StoreFault e) {
        mended.run();
      }
    }
    throw new AssertionError("it does not get over its faults");
  }

  /** Follows the journal where nothing goes wrong. */
  void follow(Store store) {
    walk(store, store.next());
  }

  private void walk(Store store, long from) {
    long at = from;
    boolean isAtEnd = false;
    while (!isAtEnd) {
      isAtEnd = true;
      for (var batch : lines.batches()) {
        if (batch.nextSequence() <= at) {
          continue;
        }
        if (!gone.contains(batch.sequence(0))) {
          batch.skipBefore(at);
          store.accept(batch);
        }
        at = batch.nextSequence();
        store.pulse(false);
        long wanted = store.resume(at);
        if (wanted != at) {
          at = wanted;
          isAtEnd = false;
          break;
        }
      }
    }
  }

  List<Long> expected() {
    var all = new ArrayList<Long>();
    for (var batch : lines.batches()) {
      for (long i = batch.sequence(0); i < batch.nextSequence(); i++) {
        if (!gone.contains(batch.sequence(0))) {
          all.add(i);
        }
      }
    }
    return all;
  }

  /** Batches side by side that are to be removed, at most so many; the last of all stays. */
  Runs some(int most) {
    var all = lines.batches();
    int first = random.nextInt(all.size() - 1);
    int last = Math.min(all.size() - 2, first + random.nextInt(most));
    for (int i = first; i <= last; i++) {
      gone.add(all.get(i).sequence(0));
    }
    return new Runs.Builder()
        .add(all.get(first).sequence(0), all.get(last).nextSequence() - 1)
        .build();
  }

  /** Every row there is, by sequence. */
  static Found.Rows rows(Store store) {
    var question = new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
    return store.newest(
        question, 1_000_000, Long.MAX_VALUE, Optional.empty(), Deadline.in(Duration.ofMinutes(1)));
  }

  static long[] sequences(Store store) {
    return rows(store).rows().stream().mapToLong(Row::sequence).sorted().toArray();
  }

  /** Each event once, and no other. */
  void check(Store store, String where) {
    assertThat(Arrays.stream(sequences(store)).boxed().toList()).as(where).isEqualTo(expected());
  }
}
