package mo.farol.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.incident.Incident;
import mo.farol.incident.TimelineEntry;
import mo.farol.ledger.AlertJson;
import mo.farol.playbook.Run;
import mo.farol.search.EventReader;

/**
 * Everything a report says, gathered once: every format is written from this tree and nothing else.
 */
final class Facts {
  private static final int EVENTS = 500;
  private static final Set<String> INDICATORS =
      Set.of("source.ip", "destination.ip", "url.domain", "file.hash.sha256");
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private final ObjectNode root = JSON.createObjectNode();

  private Facts() {}

  static Facts gather(
      Incident incident,
      List<Alert> alerts,
      List<TimelineEntry> timeline,
      List<Run> runs,
      Function<EventId, Optional<EventReader.Recalled>> events) {
    var facts = new Facts();
    facts.incident(incident);
    var list = facts.root.putArray("alerts");
    alerts.forEach(a -> list.add(AlertJson.tree(a)));
    facts.timeline(timeline);
    facts.runs(runs);
    facts.indicators(alerts);
    facts.events(alerts, timeline, events);
    return facts;
  }

  ObjectNode root() {
    return root;
  }

  /** SHA-256 of the facts as JSON with its keys in the order written here. */
  String sha256() {
    try {
      byte[] utf8 = root.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void incident(Incident i) {
    var node = root.putObject("incident");
    node.put("id", i.id());
    node.put("title", i.title());
    node.put("severity", i.severity().word());
    node.put("gradeReason", i.gradeReason());
    node.put("category", i.category());
    node.put("agency", i.agency());
    node.put("state", i.state().name());
    node.put("owner", i.owner().orElse(""));
    node.put("tlp", i.tlp());
    node.put("openedAt", i.openedAt().toString());
    node.put("firstEventAt", i.firstEventAt().toString());
    node.put("lastEventAt", i.lastEventAt().toString());
    node.put("exercise", i.exercise());
  }

  private void timeline(List<TimelineEntry> entries) {
    var list = root.putArray("timeline");
    for (var e : entries) {
      var node = list.addObject();
      node.put("at", e.at().toString());
      node.put("kind", e.kind());
      node.put("observed", e.kind().equals("alert"));
      node.put("text", e.text());
      node.put("by", e.by());
      var cited = node.putArray("events");
      e.events().forEach(id -> cited.add(id.toString()));
      e.alert().ifPresent(a -> node.put("alert", a));
    }
  }

  private void runs(List<Run> runs) {
    var list = root.putArray("actions");
    for (var run : runs) {
      var node = list.addObject();
      node.put("playbook", run.playbook());
      node.put("name", run.name());
      node.put("modified", run.modified());
      node.put("sha256", run.sha256());
      node.put("startedAt", run.startedAt().toString());
      node.put("startedBy", run.startedBy());
      node.put("ended", run.isEnded());
      var steps = node.putArray("steps");
      run.steps().stream()
          .filter(s -> s.step().isWork())
          .forEach(
              s -> {
                var step = steps.addObject();
                step.put("id", s.step().id());
                step.put("name", s.step().name());
                step.put("state", s.state().name());
                step.put("doneAt", s.doneAt().map(Instant::toString).orElse(""));
                step.put("by", s.by().orElse(""));
                step.put("note", s.note().orElse(""));
                step.put("choice", s.choice().orElse(""));
              });
    }
  }

  private void indicators(List<Alert> alerts) {
    var list = root.putArray("indicators");
    var seen = new LinkedHashSet<Alert.Entity>();
    alerts.forEach(
        a -> a.entities().stream().filter(e -> INDICATORS.contains(e.field())).forEach(seen::add));
    seen.forEach(e -> list.addObject().put("field", e.field()).put("value", e.value()));
  }

  private void events(
      List<Alert> alerts,
      List<TimelineEntry> timeline,
      Function<EventId, Optional<EventReader.Recalled>> events) {
    var ids = new LinkedHashSet<EventId>();
    timeline.forEach(e -> ids.addAll(e.events()));
    alerts.forEach(a -> ids.addAll(a.events()));
    var sorted = ids.stream().sorted().toList();
    ArrayNode list = root.putArray("events");
    sorted.stream().limit(EVENTS).forEach(id -> event(list, id, events.apply(id)));
    root.put("eventsCited", sorted.size());
    root.put("eventsLeftOut", Math.max(0, sorted.size() - EVENTS));
  }

  private static void event(ArrayNode list, EventId id, Optional<EventReader.Recalled> recalled) {
    var node = list.addObject();
    node.put("id", id.toString());
    if (recalled.isEmpty()) {
      node.put("missing", "no longer kept");
      return;
    }
    var event = recalled.get().event();
    node.put("occurredAt", event.occurredAt().toString());
    node.put("receivedAt", event.receivedAt().toString());
    node.put("host", event.source().host());
    node.put("raw", recalled.get().frame().text());
    node.put("sha256", sha256(recalled.get()));
  }

  private static String sha256(EventReader.Recalled recalled) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(recalled.frame().bytes().duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
