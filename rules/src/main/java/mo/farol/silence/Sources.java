package mo.farol.silence;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.Micros;
import mo.farol.event.Scope;
import mo.farol.event.Source;

/** Every live source: when it was last heard, how often it speaks, whether it has gone quiet. */
public final class Sources {
  private final SilenceConfig config;
  private final InstantSource clock;
  // Least recently heard first, so that a flood of invented hosts pushes out the oldest.
  private final LinkedHashMap<Source, Heard> heard = new LinkedHashMap<>(256, 0.75f, true);

  public Sources(SilenceConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Takes note of who speaks; imports are not live and do not count. */
  public synchronized void accept(EventBatch batch) {
    if (!batch.origin().isLive()) {
      return;
    }
    long at = batch.frames().receivedAtMicros();
    for (int i = batch.first(); i < batch.count(); i++) {
      String host = batch.text(i, Fields.HOST_NAME);
      var source = new Source(batch.origin().agency(), host == null ? batch.origin().peer() : host);
      var one = heard.computeIfAbsent(source, s -> new Heard(s, at));
      if (batch.sequence(i) > one.lastSequence || one.events == 0) {
        one.hear(
            at,
            batch.sequence(i),
            batch.occurredAtMicros(i) - at,
            batch.rejection(i) != null,
            batch.origin().input());
      }
    }
    while (heard.size() > config.sources()) {
      heard.remove(heard.keySet().iterator().next());
    }
  }

  /** Sources whose pause has just become too long; each pause is told once. */
  public synchronized List<Silence> due(Instant now) {
    var due = new ArrayList<Silence>();
    for (var one : heard.values()) {
      if (!one.told && one.isSilent(config, now)) {
        one.told = true;
        due.add(
            new Silence(
                one.source,
                Micros.toInstant(one.lastAt),
                one.lastSequence,
                one.expected(config),
                now,
                isWholeAgency(one.source.agency(), now)));
      }
    }
    return due;
  }

  /** How every source in scope is. */
  public synchronized List<SourceHealth> health(Scope scope) {
    var now = clock.instant();
    return heard.values().stream()
        .filter(h -> scope.sees(h.source.agency()))
        .map(h -> h.health(config, now))
        .toList();
  }

  private boolean isWholeAgency(String agency, Instant now) {
    return heard.values().stream()
        .filter(h -> h.source.agency().equals(agency))
        .allMatch(h -> h.isSilent(config, now));
  }
}
