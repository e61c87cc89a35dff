package mo.farol.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Scope;
import mo.farol.event.Severity;
import org.junit.jupiter.api.io.TempDir;

/** An index in a folder of its own, and lines to put into it. */
abstract class SmallStore {
  static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path home;
  final ManualClock clock = new ManualClock(NOON);
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Lines lines = new Lines();

  Store open(Path folder) {
    return Store.open(StoreConfig.in(folder), clock, metrics);
  }

  static Question everything() {
    return new Question(new Clause.All(), Scope.national(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static List<Long> sequences(Store store) {
    return store
        .newest(
            everything(), 100, Long.MAX_VALUE, Optional.empty(), Deadline.in(Duration.ofMinutes(1)))
        .rows()
        .stream()
        .map(Row::sequence)
        .toList();
  }

  static Lines.Line at(String time) {
    return Lines.line("dsf", time, Severity.NOTICE, "host.name", "gate", "message", "door opened");
  }

  static Lines.Line archived(String time) {
    var line = at(time);
    var origin = new mo.farol.event.Origin("dsf", "import", "", "lane-1", false, "", 2025, "UTC");
    return new Lines.Line(origin, line.occurredAt(), NOON, line.severity(), line.fields());
  }
}
