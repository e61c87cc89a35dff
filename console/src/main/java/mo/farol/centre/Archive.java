package mo.farol.centre;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.journal.JournalFault;

/** Takes archived lines through the same journal as live ones. Any thread may call. */
public final class Archive {
  private static final int FRAMES_A_BATCH = 1_000;
  private static final int TRIES = 200;
  private static final long PAUSE_MILLIS = 50;
  private final EventLog log;
  private final InstantSource clock;
  private final Consumer<String> agencies;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /**
   * @param agencies told of each agency before its first line
   */
  Archive(EventLog log, InstantSource clock, Consumer<String> agencies) {
    this.log = log;
    this.clock = clock;
    this.agencies = agencies;
  }

  /**
   * Makes lines durable before it returns.
   *
   * @param agency whose they are
   * @param lane names the import; its windows and clocks stay apart from live ones
   * @param format parser asked for, empty to detect
   * @param year year of dates without one, 0 to guess
   * @param zone zone of dates without one
   * @param file where they came from, for people
   * @param lines lines ended by LF; empty ones are left out
   * @return sequence after the last one
   * @throws JournalFault when the journal can't keep them
   */
  public long append(
      String agency, String lane, String format, int year, String zone, String file, byte[] lines) {
    if (!known.contains(agency)) {
      agencies.accept(agency);
      known.add(agency);
    }
    var origin = new Origin(agency, "import", file, lane, false, format, year, zone);
    var frames = new FrameBatch.Builder();
    long next = log.durable();
    int start = 0;
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == '\n') {
        add(frames, lines, start, i);
        start = i + 1;
        if (frames.count() == FRAMES_A_BATCH) {
          next = keep(frames, origin);
        }
      }
    }
    add(frames, lines, start, lines.length);
    return frames.count() == 0 ? next : keep(frames, origin);
  }

  private static void add(FrameBatch.Builder frames, byte[] lines, int start, int end) {
    int to = end > start && lines[end - 1] == '\r' ? end - 1 : end;
    if (to > start) {
      frames.add(lines, start, to, (byte) 0);
    }
  }

  private long keep(FrameBatch.Builder frames, Origin origin) {
    var batch = frames.build(origin, Micros.of(clock.instant()));
    var last = new JournalFault("the journal did not answer");
    for (int i = 0; i < TRIES; i++) {
      try {
        return append(batch).get(60, TimeUnit.SECONDS) + batch.count();
      } catch (ExecutionException e) {
        last = e.getCause() instanceof JournalFault f ? f : new JournalFault("append failed", e);
        pause();
      } catch (TimeoutException e) { // it may still be kept: once more would be twice
        throw new JournalFault("the journal did not answer within a minute", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new JournalFault("interrupted while waiting for the journal", e);
      }
    }
    throw last;
  }

  private CompletableFuture<Long> append(FrameBatch batch) {
    var done = new CompletableFuture<Long>();
    log.append(
        batch,
        new EventLog.Acknowledgement() {
          @Override
          public void durable(long firstSequence) {
            done.complete(firstSequence);
          }

          @Override
          public void failed(JournalFault fault) {
            done.completeExceptionally(fault);
          }
        });
    return done;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
