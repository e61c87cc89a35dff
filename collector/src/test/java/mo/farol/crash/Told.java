package mo.farol.crash;

import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What senders have sent how often, and what of it was answered, by the event's number. */
final class Told {
  private final Map<Long, Integer> sent = new ConcurrentHashMap<>();
  private final Set<Long> answered = ConcurrentHashMap.newKeySet();
  private final Queue<Long> fresh = new ConcurrentLinkedQueue<>();

  void sending(long number) {
    sent.merge(number, 1, Integer::sum);
  }

  void answered(long number) {
    answered.add(number);
    fresh.add(number);
  }

  int timesSent(long number) {
    return sent.getOrDefault(number, 0);
  }

  Set<Long> answered() {
    return answered;
  }

  /** Moves what was answered since this was asked last. */
  void takeFresh(Collection<Long> into) {
    for (var number = fresh.poll(); number != null; number = fresh.poll()) {
      into.add(number);
    }
  }

  long sentAgain() {
    return sent.values().stream().filter(times -> times > 1).count();
  }
}
