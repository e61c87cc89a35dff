package mo.farol.indicator;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mo.farol.disk.AtomicFile;
import mo.farol.event.Excerpt;
import mo.farol.event.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest hits, for people: one row for each value, agency and machine, the last {@value #ROWS}.
 * Written by the thread that watches, read by any; kept in a file.
 */
public final class HitLog {
  /** Rows kept. */
  public static final int ROWS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(HitLog.class);
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST = 300;

  /**
   * One value on one machine.
   *
   * @param seen the field's value; bytes of a sender
   * @param count events, since the row began
   * @param firstAt event time, milliseconds since 1970
   * @param sequence of the newest event
   */
  public record Row(
      String kind,
      String value,
      List<String> sources,
      int confidence,
      Tlp tlp,
      String agency,
      String host,
      String field,
      String seen,
      boolean exercise,
      long count,
      long firstAt,
      long lastAt,
      long sequence) {
    public Row {
      sources = List.copyOf(sources);
    }

    private String key() {
      return String.join("\n", kind, value, agency, host, String.valueOf(exercise));
    }

    private Row and(Row newer) {
      return new Row(
          kind,
          value,
          newer.sources,
          newer.confidence,
          newer.tlp,
          agency,
          host,
          newer.field,
          newer.seen,
          exercise,
          count + 1,
          Math.min(firstAt, newer.firstAt),
          Math.max(lastAt, newer.lastAt),
          newer.sequence);
    }
  }

  private record Kept(long next, List<Row> rows) {}

  private final Path file;
  private final Map<String, Row> rows =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Row> eldest) {
          return size() > ROWS;
        }
      };
  private long next;
  private boolean changed;

  HitLog(Path file) {
    this.file = file;
    try {
      if (Files.exists(file)) {
        var kept = JSON.readValue(file.toFile(), new TypeReference<Kept>() {});
        kept.rows().forEach(row -> rows.put(row.key(), row));
        next = kept.next();
      }
    } catch (IOException e) {
      LOG.warn("the last hits of indicators begin anew, {} can't be read: {}", file, e.toString());
    }
  }

  /** Takes a hit; one of an event that was taken before the last start is known. */
  public synchronized void take(IndicatorHit hit, String host, boolean exercise) {
    if (hit.sequence() < next) {
      return;
    }
    var indicator = hit.indicator();
    long at = hit.occurredAt().toEpochMilli();
    var row =
        new Row(
            indicator.kind().word(),
            indicator.value(),
            indicator.sources(),
            indicator.confidence(),
            indicator.tlp(),
            hit.agency(),
            Excerpt.shown(host, LONGEST),
            hit.field(),
            Excerpt.shown(hit.value(), LONGEST),
            exercise,
            1,
            at,
            at,
            hit.sequence());
    rows.merge(row.key(), row, Row::and);
    changed = true;
  }

  /** Rows of these agencies with an event at or after a time, newest first. */
  public synchronized List<Row> since(long atMillis, Scope scope) {
    return rows.values().stream()
        .filter(row -> row.lastAt() >= atMillis && scope.sees(row.agency()))
        .sorted(Comparator.comparingLong(Row::lastAt).thenComparingLong(Row::sequence).reversed())
        .toList();
  }

  /** Writes them down, if there are new ones. */
  public void save(long upTo) {
    Kept kept;
    synchronized (this) {
      if (!changed) {
        return;
      }
      changed = false;
      kept = new Kept(upTo, new ArrayList<>(rows.values()));
    }
    try {
      var folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      AtomicFile.replace(file, JSON.writeValueAsBytes(kept));
    } catch (IOException e) {
      LOG.warn("the last hits of indicators can't be written to {}: {}", file, e.toString());
    }
  }
}
