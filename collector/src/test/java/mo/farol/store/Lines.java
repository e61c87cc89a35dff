package mo.farol.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mo.farol.event.Event;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Severity;
import mo.farol.search.EventReader;

/** A small journal and parser of our own: events given as fields, kept to be read back. */
public final class Lines implements EventReader {
  /** One event to come. */
  public record Line(
      Origin origin,
      Instant occurredAt,
      Instant receivedAt,
      Severity severity,
      Map<String, String> fields) {}

  private final TreeMap<Long, Recalled> kept = new TreeMap<>();
  private final List<EventBatch> batches = new ArrayList<>();
  private long next;

  /** A line of a live agency; names and values take turns. */
  public static Line line(String agency, String time, Severity severity, String... fields) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put(fields[i], fields[i + 1]);
    }
    var at = Instant.parse(time);
    return new Line(Origin.live(agency, "syslog.tcp", "192.0.2.9"), at, at, severity, map);
  }

  /** Keeps the lines, which share the origin and receipt of the first, as one batch. */
  public EventBatch batch(Line... lines) {
    var texts = new String[lines.length];
    for (int i = 0; i < lines.length; i++) {
      texts[i] = lines[i].fields().toString();
    }
    var first = lines[0];
    var frames = FrameBatch.ofTexts(first.origin(), first.receivedAt(), texts);
    var batch = new EventBatch();
    batch.open(frames, next, next * 100);
    for (var line : lines) {
      line.fields().forEach((name, value) -> batch.addText(Fields.id(name), value));
      batch.close(Micros.of(line.occurredAt()), line.severity(), null);
    }
    for (int i = 0; i < lines.length; i++) {
      kept.put(next + i, new Recalled(batch.event(i), frames.frame(i, next)));
    }
    next += lines.length;
    batches.add(batch);
    return batch;
  }

  /** Every batch so far, for a replay. */
  public List<EventBatch> batches() {
    return batches;
  }

  /** Every event so far. */
  public List<Event> events() {
    return kept.values().stream().map(Recalled::event).toList();
  }

  @Override
  public Optional<Recalled> recall(long sequence, long position) {
    return Optional.ofNullable(kept.get(sequence));
  }
}
