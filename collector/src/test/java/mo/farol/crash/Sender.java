package mo.farol.crash;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Random;

/**
 * Sends numbered events until its connection breaks; sends what had no answer again on the next
 * one, as senders do.
 */
abstract class Sender {
  /** Stands before the number. */
  static final String WORD = "numbered ";

  private static final int ID_SHIFT = 32;
  private static final int DAYS = 3;
  private static final int A_DAY = 700;
  private static final int RARE = 2_000;

  final Told told;
  final Random random;
  private final Deque<Long> unanswered = new ArrayDeque<>();
  private long next;

  Sender(int id, Told told, long seed) {
    this.told = told;
    this.random = new Random(seed + id);
    this.next = (long) id << ID_SHIFT;
  }

  static int id(long number) {
    return (int) (number >>> ID_SHIFT);
  }

  /** Sends until the other end is gone. */
  abstract void send(Child.Ports ports) throws IOException, InterruptedException;

  long take() {
    var again = unanswered.poll();
    long number = again != null ? again : next++;
    told.sending(number);
    return number;
  }

  void leave(Collection<Long> numbers) {
    unanswered.addAll(numbers);
  }

  /** Of one of three days, and now and then of a fourth, for which another has to be closed. */
  static String time(long number) {
    long daysAgo = number % RARE == 0 ? DAYS : number / A_DAY % DAYS;
    return Instant.now().minus(daysAgo, ChronoUnit.DAYS).toString();
  }
}
