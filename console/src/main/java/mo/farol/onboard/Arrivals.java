package mo.farol.onboard;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import mo.farol.event.EventId;
import mo.farol.event.FrameBatch;
import mo.farol.journal.EventLog;

/** Waits for the next line of an agency, by following the journal for as long as somebody asks. */
public final class Arrivals {
  /**
   * A line that came, and whether it is as it was sent.
   *
   * @param partial its connection ended before its end came
   */
  public record Arrived(EventId id, boolean truncated, boolean guessed, boolean partial) {}

  private static final int AT_ONCE = 16;
  private static final int FARTHEST_BACK = 10_000;
  private static final Duration STEP = Duration.ofMillis(500);

  private final EventLog journal;
  private final Duration longest;
  private final Semaphore asking = new Semaphore(AT_ONCE);
  private final Set<String> callers = ConcurrentHashMap.newKeySet();

  public Arrivals(EventLog journal) {
    this(journal, Duration.ofDays(1));
  }

  /**
   * The same for whoever may not wait so long.
   *
   * @param longest to wait, whatever is asked for
   */
  public Arrivals(EventLog journal, Duration longest) {
    this.journal = journal;
    this.longest = longest;
  }

  /** The sequence that the next line gets at least: to be handed to {@link #next}. */
  public long now() {
    return journal.received();
  }

  /**
   * The first live line of an agency from a sequence on, among the newest 10,000 lines or to come;
   * waits for it. Empty when none came, when this caller asks already, or too many do.
   */
  public Optional<Arrived> next(String caller, String agency, long from, Duration patience)
      throws InterruptedException {
    if (!callers.add(caller)) {
      return Optional.empty();
    }
    try {
      return asking.tryAcquire() ? await(agency, from, patience) : Optional.empty();
    } finally {
      callers.remove(caller);
    }
  }

  boolean isAsking(String caller) {
    return callers.contains(caller);
  }

  private Optional<Arrived> await(String agency, long wanted, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + Math.min(patience.toNanos(), longest.toNanos());
    long received = journal.received();
    long from = Math.clamp(wanted, Math.max(0, received - FARTHEST_BACK), received);
    try (var reader = journal.read(from)) {
      while (System.nanoTime() < deadline) {
        var block = reader.next(STEP);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        var found = block == null ? Optional.<Arrived>empty() : first(block, agency, from);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    } finally {
      asking.release();
    }
  }

  private static Optional<Arrived> first(EventLog.Block block, String agency, long from) {
    var frames = block.frames();
    int i = (int) Math.max(0, from - block.firstSequence());
    boolean fits =
        frames.origin().isLive() && frames.origin().agency().equals(agency) && i < frames.count();
    return fits
        ? Optional.of(arrived(new EventId(block.firstSequence() + i), frames.marks(i)))
        : Optional.empty();
  }

  private static Arrived arrived(EventId id, byte marks) {
    return new Arrived(
        id,
        (marks & FrameBatch.TRUNCATED) != 0,
        (marks & FrameBatch.GUESSED) != 0,
        (marks & FrameBatch.PARTIAL) != 0);
  }
}
