package mo.farol.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.event.Micros;
import mo.farol.match.Detection;
import mo.farol.window.Crossing;
import mo.farol.window.WindowPlan;
import mo.farol.window.Windows;

/** The windows of the watch: their time, and what a restart remembers of them. */
final class KeptWindows {
  private static final long SECOND = 1_000_000; // microseconds
  private static final long PUT_BACK = 3_600; // seconds: our own clock was wrong before
  // What was received a moment ago may not have been read yet, though nothing seems to wait.
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);
  private static final Duration QUEUES = Duration.ofMinutes(5);
  private static final Duration SAVE = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int SAVING = 50; // of its time at most one part goes into saving
  private static final long ADOPTED = -1;

  private final Windows windows;
  private final InstantSource clock;
  private final Consumer<Crossing> desk;
  private final Consumer<Crossing> out = this::crossed;
  private final long known; // events below were handled by an earlier run
  private long adoptAt; // where the windows that were kept begin to count
  private boolean again; // what is looked at was looked at by an earlier run
  private boolean spoke;
  private boolean telling;
  private long saved = -1;
  private boolean timeToldMore; // since they were saved
  private long seen;
  private long second = Long.MIN_VALUE; // of receipt, that time was moved on to
  private Instant heardFrom = Instant.MAX;
  private boolean heard;
  private Instant savedAt = Instant.EPOCH;
  private Duration rest = SAVE;

  /**
   * @param known events below were handled by an earlier run, for good
   */
  KeptWindows(Windows windows, long known, InstantSource clock, Consumer<Crossing> desk) {
    this.windows = windows;
    this.known = known;
    this.clock = clock;
    this.desk = desk;
    adoptAt = windows.restore(known).orElse(ADOPTED);
    seen = known;
  }

  /** Where to begin reading, if others need what comes from a sequence on. */
  long next(long from) {
    return adoptAt == ADOPTED ? from : Math.min(from, adoptAt);
  }

  void accept(Detection detection) {
    windows.accept(detection, out);
  }

  /**
   * Comes to an event. What the journal says of the last hours has filled the sessions by now; the
   * windows that were kept know more. Time moves on with the first event of a second, so that what
   * it makes due comes between the same events whoever reads the journal, in whatever parts.
   */
  void before(long sequence, long receivedAtMicros) {
    before(sequence);
    moveTo(Math.floorDiv(receivedAtMicros, SECOND));
  }

  /** Stands before an event that is not there yet. */
  void before(long sequence) {
    seen = sequence;
    if (again && sequence >= known) {
      tell(); // as the earlier run did: what follows is news
    }
    again = sequence < known;
    if (adoptAt != ADOPTED && sequence >= adoptAt) {
      adoptAt = ADOPTED;
      tell();
      windows.adopt();
      long at = windows.advancedAt();
      second = at == Long.MIN_VALUE ? at : Math.floorDiv(at, SECOND);
    }
  }

  /**
   * Moves time on by the clock, where nothing waits to be read.
   *
   * @param listening whether sources can be heard
   */
  void advance(boolean caughtUp, boolean listening, Instant now) {
    if (caughtUp && isHeard(listening, now)) {
      moveTo(now.minus(ON_ITS_WAY).getEpochSecond());
    }
  }

  /** Time went on to here, though nothing came. */
  void goOn(Instant now) {
    moveTo(now.getEpochSecond());
  }

  private void moveTo(long next) {
    if (next > second || next < second - PUT_BACK) {
      second = next;
      var time = Instant.ofEpochSecond(next);
      if (again) {
        windows.retrace(time, out);
      } else {
        windows.advance(time, out);
      }
    }
  }

  // What waited at the senders while nothing could be heard is on its way for a while.
  private boolean isHeard(boolean listening, Instant now) {
    if (listening && heardFrom.isAfter(now.plus(QUEUES))) {
      heardFrom = now.plus(QUEUES);
    }
    heard |= !now.isBefore(heardFrom);
    return heard;
  }

  /** Events were looked at: an import has come as far as the latest of them. */
  void reached(EventBatch batch) {
    var origin = batch.origin();
    if (!origin.isLive()) {
      long latest = Micros.NONE;
      for (int i = batch.first(); i < batch.count(); i++) {
        latest = Math.max(latest, batch.occurredAtMicros(i));
      }
      latest = Math.min(latest, batch.frames().receivedAtMicros());
      windows.reached(origin.agency(), origin.lane(), origin.exercise(), latest);
    }
  }

  /** Whether time alone told something since the last flush, or made something that is owed. */
  boolean spoke() {
    return spoke || windows.isUntold();
  }

  /** Hands out everything owed. */
  void flush() {
    spoke = false;
    tell();
  }

  private void tell() {
    telling = true;
    try {
      windows.flush(Instant.MAX, out);
    } finally {
      telling = false;
    }
  }

  /** Whether what an earlier run kept was taken up. */
  boolean isAdopted() {
    return adoptAt == ADOPTED;
  }

  /** Hands out everything owed, and counts by another plan from now on. */
  void use(WindowPlan plan) {
    flush();
    windows.use(plan, out);
  }

  void letGo(Instant now) {
    windows.letGo(now, out);
  }

  /** Nothing comes any more, in no lane. */
  void end() {
    windows.end(out);
  }

  /** Keeps the windows where it is time to. */
  void saveNowAndThen(Instant now, long durable) {
    if (Interval.wentBy(savedAt, now, rest)) {
      save(durable);
      savedAt = now;
      var took = Duration.between(now, clock.instant()).multipliedBy(SAVING);
      rest = took.compareTo(SAVE) < 0 ? SAVE : took.compareTo(LONGEST) > 0 ? LONGEST : took;
    }
  }

  /**
   * Keeps the windows, but not before all that was known is known again.
   *
   * @param durable sequence of the first event that they don't count, nor anybody else
   */
  void save(long durable) {
    if ((durable != saved || timeToldMore) && adoptAt == ADOPTED && seen + 1 >= known) {
      windows.save(durable);
      saved = durable;
      timeToldMore = false;
    }
  }

  // What was told since its window was over, an earlier run told. What was overdue then is
  // remembered, and nothing follows from it.
  private void crossed(Crossing crossing) {
    if (!again) {
      boolean ofTime = crossing.timed() || crossing.overdue();
      spoke |= !telling && ofTime;
      timeToldMore |= ofTime;
      desk.accept(crossing);
    } else if (!crossing.timed()) {
      desk.accept(crossing.prompt());
    }
  }
}
