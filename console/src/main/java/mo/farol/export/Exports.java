package mo.farol.export;

import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mo.farol.event.Excerpt;
import mo.farol.ledger.Deeds;
import mo.farol.search.Asker;
import mo.farol.search.Busy;
import mo.farol.search.Cancelled;
import mo.farol.search.EventReader;
import mo.farol.search.Harvest;
import mo.farol.search.Search;
import mo.farol.search.Splitting;
import mo.farol.web.Admission;
import mo.farol.web.Askers;
import mo.farol.web.Caller;
import mo.farol.web.Line;
import mo.farol.web.Refused;
import mo.farol.web.Watched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events that match into an answer. Any thread; the rights are those of the search. */
public final class Exports {
  private static final Logger log = LoggerFactory.getLogger(Exports.class);
  private static final int BUFFER = 32 << 10;
  private static final int TOLD = 500;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String LEFT = "the reader went away";
  private static final String NOT_LET_IN = "the reader is no longer let in";

  private final Search search;
  private final Deeds deeds;
  private final ExportConfig config;
  private final Semaphore turns;
  private final Set<Asker.Who> reading = ConcurrentHashMap.newKeySet();

  public Exports(Search search, Deeds deeds, ExportConfig config) {
    this.search = search;
    this.deeds = deeds;
    this.config = config;
    turns = new Semaphore(config.atOnce(), true);
  }

  /**
   * Answers with the file. What was cut and is known before it begins is said in its name and in
   * {@code X-Farol-Partial}; later, in the last object of JSON lines, while CSV breaks the
   * connection off, so that no reader takes it for whole.
   *
   * @throws mo.farol.search.QueryFault where the query can't be understood
   */
  public void serve(Context context, ExportRequest export) {
    var by = Caller.of(context).who();
    if (!Splitting.stages(export.request().query()).isEmpty()) {
      throw new Refused(
          400,
          "Not understood",
          "Stages make a table, which has a file of its own: leave them out.");
    }
    var harvest = search.harvest(Askers.following(context), export.request());
    if (!reading.add(by)) {
      throw new Refused(
          409,
          "One at a time",
          "Another file of yours is still being written: wait until it is whole, or end it.");
    }
    try {
      awaitTurn();
      try {
        write(context, export, harvest, by.name());
      } finally {
        turns.release();
      }
    } finally {
      reading.remove(by);
    }
  }

  // Its first event is looked for before anything is said, for a query may prove at fault only
  // then.
  private void write(Context context, ExportRequest export, Harvest harvest, String by) {
    var first = harvest.next();
    boolean isLong = export.limit() > 0 && harvest.hasMoreThan(export.limit());
    var writing = new Writing(export, harvest, first, isLong, context);
    deeds.record(by, "events.export", "events", "begun: " + told(export));
    try {
      send(context, export, writing);
    } finally {
      deeds.record(by, "events.exported", "events", writing.told() + ": " + told(export));
    }
  }

  private void send(Context context, ExportRequest export, Writing writing) {
    head(context, export, writing.isLong);
    var line = Line.of(context);
    var out =
        new Watched(context.outputStream(), line, config.slowReaders(), turns::hasQueuedThreads);
    try (out) {
      var writer =
          new OutputStreamWriter(new BufferedOutputStream(out, BUFFER), StandardCharsets.UTF_8);
      boolean isSaid = writing.write(Sheet.of(export, writer));
      writer.flush();
      if (!isSaid) {
        line.breakOff();
      }
    } catch (IOException e) {
      line.breakOff();
      writing.missing.add(out.broken().isEmpty() ? LEFT : out.broken());
    } catch (Cancelled e) {
      writing.missing.add(writing.why(e));
      if (!context.res().isCommitted()) {
        throw e;
      }
      line.breakOff();
    } catch (RuntimeException e) {
      writing.missing.add("it broke: " + e.getMessage());
      if (!context.res().isCommitted()) {
        throw e;
      }
      log.error("an export broke in its middle", e);
      line.breakOff();
    }
  }

  /** One export on its way. */
  private final class Writing {
    private final ExportRequest export;
    private final Harvest harvest;
    private final boolean isLong;
    private final BooleanSupplier isAdmitted;
    private final BooleanSupplier hasLeft;
    private final long started = System.nanoTime();
    private final List<String> missing = new ArrayList<>();
    private Optional<EventReader.Recalled> next;
    private long admitted = started;
    private long looked = started;
    private long rows;

    Writing(
        ExportRequest export,
        Harvest harvest,
        Optional<EventReader.Recalled> first,
        boolean isLong,
        Context context) {
      this.export = export;
      this.harvest = harvest;
      this.next = first;
      this.isLong = isLong;
      this.isAdmitted = Admission.of(context);
      this.hasLeft = Askers.of(context).hasLeft();
    }

    String told() {
      return "%d events%s"
          .formatted(rows, missing.isEmpty() ? "" : " (" + String.join("; ", missing) + ")");
    }

    String why(Cancelled ended) {
      if (!ended.by().isEmpty()) {
        return String.valueOf(ended.getMessage());
      }
      return isAdmitted.getAsBoolean() ? LEFT : NOT_LET_IN;
    }

    // Whether the file, or its name, says what is missing.
    boolean write(Sheet sheet) throws IOException {
      sheet.begin();
      boolean isLate = false;
      while (isMore() && !isLate && !isFull()) {
        if (next.isPresent()) {
          sheet.add(next.get());
          rows++;
        }
        if (hasLeft()) {
          missing.add(LEFT);
          return false;
        }
        if (!isLetIn()) {
          missing.add(NOT_LET_IN);
          return false;
        }
        isLate = System.nanoTime() - started > config.whole().toNanos();
        next = following();
      }
      return end(sheet, isLate);
    }

    // Busy is no reason to throw away what took hours: asked again in a moment, it goes on.
    private Optional<EventReader.Recalled> following() {
      try {
        return harvest.next();
      } catch (Busy e) {
        pause();
        return Optional.empty();
      }
    }

    private boolean end(Sheet sheet, boolean isLate) throws IOException {
      boolean isShort = isFull() && isMore();
      if (isLate && isMore() && !isShort) {
        missing.add("an export takes at most " + words(config.whole()) + ": older events follow");
      }
      missing.addAll(harvest.missing());
      boolean isCut = !missing.isEmpty() || isShort && !isLong;
      if (isShort) {
        missing.add("only the newest %d events were asked for: older ones follow".formatted(rows));
      }
      return sheet.end(missing) || !isCut;
    }

    private boolean isFull() {
      return export.limit() > 0 && rows >= export.limit();
    }

    private boolean isMore() {
      return next.isPresent() || !harvest.isOver();
    }

    // What is found slowly is written late, and only what is written would tell.
    private boolean hasLeft() {
      long now = System.nanoTime();
      if (now - looked < LOOK.toNanos()) {
        return false;
      }
      looked = now;
      return hasLeft.getAsBoolean();
    }

    private boolean isLetIn() {
      long now = System.nanoTime();
      if (now - admitted < config.admission().toNanos()) {
        return true;
      }
      admitted = now;
      return isAdmitted.getAsBoolean();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // seen by the search that is asked next
    }
  }

  private static void head(Context context, ExportRequest export, boolean isLong) {
    if (isLong) {
      context.header(
          "X-Farol-Partial", "only the newest %d events were asked for".formatted(export.limit()));
    }
    context.header("Cache-Control", "no-store");
    context.header(
        "Content-Disposition",
        "attachment; filename=\"farol-events%s.%s\""
            .formatted(isLong ? "-partial" : "", export.format().suffix()));
    context.contentType(export.format().type());
  }

  private void awaitTurn() {
    boolean isMine = false;
    try {
      isMine = turns.tryAcquire(config.turn().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!isMine) {
      throw new Refused(503, "Busy", "Other exports are written now; ask again in a minute.");
    }
  }

  private static String told(ExportRequest export) {
    var request = export.request();
    return "%s, %s to %s, query %s"
        .formatted(
            export.format().suffix(),
            request.from(),
            request.to(),
            Excerpt.shown(request.query(), TOLD));
  }

  private static String words(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " minutes" : time.toMillis() + " ms";
  }
}
