package mo.farol.indicator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Severity;

/** Sets and events for tests, and what is seen of one in the other. */
final class Seen {
  static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private Seen() {}

  static Indicators file(Path folder, String name, String text) throws java.io.IOException {
    return Indicators.of(
        List.of(Files.writeString(folder.resolve(name), text)), Optional.empty(), CLOCK);
  }

  /** A set of one value a line. */
  static IndicatorSet list(Path folder, String text) throws java.io.IOException {
    return file(folder, "list.txt", text).current();
  }

  /** One event with these fields. */
  static EventBatch event(String agency, Instant at, List<Map.Entry<String, String>> fields) {
    var batch = new EventBatch();
    var frames = FrameBatch.ofTexts(Origin.live(agency, "test", ""), at, "x");
    batch.open(frames, 7, 0);
    fields.forEach(f -> batch.addText(Fields.id(f.getKey()), f.getValue()));
    batch.close(Micros.of(at), Severity.INFORMATIONAL, null);
    return batch;
  }

  static List<IndicatorHit> hits(IndicatorSet set, EventBatch events) {
    var hits = new ArrayList<IndicatorHit>();
    var matcher = new IndicatorMatcher(() -> set);
    for (int i = events.first(); i < events.count(); i++) {
      matcher.match(events, i, hits::add);
    }
    return hits;
  }

  /** {@code kind value} of what is seen in one field. */
  static List<String> in(IndicatorSet set, String field, String value) {
    return hits(set, event("a", NOW, List.of(Map.entry(field, value)))).stream()
        .map(h -> h.indicator().kind().word() + " " + h.indicator().value())
        .toList();
  }
}
