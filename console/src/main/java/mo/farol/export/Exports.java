package mo.farol.export;

import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mo.farol.ledger.Deeds;
import mo.farol.search.Harvest;
import mo.farol.search.Search;
import mo.farol.search.Splitting;
import mo.farol.web.Askers;
import mo.farol.web.Caller;
import mo.farol.web.Line;
import mo.farol.web.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events that match into an answer. Any thread; the rights are those of the search. */
public final class Exports {
  private static final Logger log = LoggerFactory.getLogger(Exports.class);
  private static final int BUFFER = 32 << 10;
  private static final int TOLD = 500;

  private final Search search;
  private final Deeds deeds;
  private final ExportConfig config;
  private final Semaphore turns;

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
  public void serve(Context context, Wish wish) {
    String by = Caller.of(context).name();
    if (!Splitting.stages(wish.request().query()).isEmpty()) {
      throw new Refused(
          400,
          "Not understood",
          "Stages make a table, which has a file of its own: leave them out.");
    }
    var harvest = search.harvest(Askers.following(context), wish.request());
    awaitTurn();
    try {
      deeds.record(by, "events.export", "events", "begun: " + told(wish));
      var written = send(context, wish, harvest);
      deeds.record(by, "events.exported", "events", written.told() + ": " + told(wish));
    } finally {
      turns.release();
    }
  }

  private record Written(long rows, List<String> missing) {
    String told() {
      return "%d events%s"
          .formatted(rows, missing.isEmpty() ? "" : " (" + String.join("; ", missing) + ")");
    }
  }

  private Written send(Context context, Wish wish, Harvest harvest) {
    boolean isLong = wish.limit() > 0 && harvest.hasMoreThan(wish.limit());
    head(context, wish, isLong);
    var line = Line.of(context);
    var out = new Watched(context.outputStream(), line, config.stall());
    var writing = new Writing(wish, harvest, isLong);
    try (out) {
      var writer =
          new OutputStreamWriter(new BufferedOutputStream(out, BUFFER), StandardCharsets.UTF_8);
      boolean isSaid = writing.write(Sheet.of(wish, writer));
      writer.flush();
      if (!isSaid) {
        line.breakOff();
      }
    } catch (IOException e) {
      line.breakOff();
      writing.missing.add(
          out.isStalled() ? "the reader took nothing any more" : "the reader went away");
    } catch (RuntimeException e) {
      if (!context.res().isCommitted()) {
        throw e;
      }
      log.error("an export broke in its middle", e);
      line.breakOff();
      writing.missing.add("it broke: " + e.getMessage());
    }
    return new Written(writing.rows, writing.missing);
  }

  /** One export on its way. */
  private final class Writing {
    private final Wish wish;
    private final Harvest harvest;
    private final boolean isLong;
    private final long started = System.nanoTime();
    private final List<String> missing = new ArrayList<>();
    private long rows;

    Writing(Wish wish, Harvest harvest, boolean isLong) {
      this.wish = wish;
      this.harvest = harvest;
      this.isLong = isLong;
    }

    // Whether the file, or its name, says what is missing.
    boolean write(Sheet sheet) throws IOException {
      sheet.begin();
      boolean isOver = false;
      while (!isOver && (wish.limit() == 0 || rows < wish.limit())) {
        var next = harvest.next();
        if (next.isEmpty()) {
          break;
        }
        sheet.add(next.get());
        rows++;
        isOver = System.nanoTime() - started > config.whole().toNanos();
      }
      if (isOver && harvest.next().isPresent()) {
        missing.add("an export takes at most " + words(config.whole()) + ": older events follow");
      }
      missing.addAll(harvest.missing());
      boolean isCut = !missing.isEmpty();
      if (isLong) {
        missing.add("only the newest %d events were asked for: older ones follow".formatted(rows));
      }
      return sheet.end(missing) || !isCut;
    }
  }

  private static void head(Context context, Wish wish, boolean isLong) {
    if (isLong) {
      context.header(
          "X-Farol-Partial", "only the newest %d events were asked for".formatted(wish.limit()));
    }
    context.header("Cache-Control", "no-store");
    context.header(
        "Content-Disposition",
        "attachment; filename=\"farol-events%s.%s\""
            .formatted(isLong ? "-partial" : "", wish.format().suffix()));
    context.contentType(wish.format().type());
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

  private static String told(Wish wish) {
    var request = wish.request();
    String query = request.query();
    return "%s, %s to %s, query %s"
        .formatted(
            wish.format().suffix(),
            request.from(),
            request.to(),
            query.length() > TOLD ? query.substring(0, TOLD) + "…" : query);
  }

  private static String words(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " minutes" : time.toMillis() + " ms";
  }
}
