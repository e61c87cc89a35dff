package mo.farol.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import mo.farol.alert.Alert;
import mo.farol.event.EventId;
import mo.farol.incident.Incident;
import mo.farol.incident.TimelineEntry;
import mo.farol.ledger.AlertJson;
import mo.farol.playbook.Run;
import mo.farol.playbook.StepRun;
import mo.farol.search.EventReader;

/**
 * Everything a report says, gathered once: every format is written from this tree and nothing else.
 * That a report was made is no fact of the case, so two formats made one after the other agree.
 */
final class Facts {
  /** Events printed in full; the ids of the others are named. */
  static final int EVENTS = 500;

  private static final Set<String> INDICATORS =
      Set.of(
          "source.ip",
          "destination.ip",
          "destination.domain",
          "dns.question.name",
          "url.domain",
          "url.full",
          "url.original",
          "file.hash.md5",
          "file.hash.sha1",
          "file.hash.sha256",
          "process.hash.sha256");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root = JSON.createObjectNode();
  private final Set<String> hosts = new TreeSet<>();
  private int missing;

  private Facts() {}

  static Facts gather(
      Incident incident,
      List<Alert> alerts,
      List<TimelineEntry> timeline,
      List<Run> runs,
      Function<EventId, Optional<EventReader.Recalled>> events) {
    var facts = new Facts();
    facts.incident(incident);
    facts.summary(incident, alerts, runs);
    facts.timeline(timeline);
    var list = facts.root.putArray("alerts");
    alerts.forEach(a -> list.add(AlertJson.tree(a)));
    facts.runs(runs);
    facts.indicators(alerts);
    facts.events(alerts, timeline, events);
    facts.limits();
    return facts;
  }

  ObjectNode root() {
    return root;
  }

  /** SHA-256 of the facts as JSON without white space, its keys in the order written here. */
  String sha256() {
    return sha256(ByteBuffer.wrap(root.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private void incident(Incident i) {
    var node = root.putObject("incident");
    node.put("id", i.id());
    node.put("title", i.title());
    node.put("severity", i.severity().word());
    node.put("gradeReason", i.gradeReason());
    node.put("category", i.category());
    node.put("agency", i.agency());
    node.put("state", i.state().name().toLowerCase(Locale.ROOT));
    node.put("owner", i.owner().orElse(""));
    node.put("tlp", i.tlp());
    node.put("openedAt", i.openedAt().toString());
    node.put("firstEventAt", i.firstEventAt().toString());
    node.put("lastEventAt", i.lastEventAt().toString());
    node.put("exercise", i.exercise());
  }

  // Sentences somebody can act on who reads nothing else.
  private void summary(Incident i, List<Alert> alerts, List<Run> runs) {
    var list = root.putArray("summary");
    list.add(
        "%s, graded %s, at %s: %s."
            .formatted(i.category(), i.severity().word(), i.agency(), i.title()));
    long events = alerts.stream().mapToLong(Alert::count).sum();
    list.add(
        "%s of %s, the first at %s, the last at %s."
            .formatted(
                count(alerts.size(), "alert"),
                count(events, "event"),
                i.firstEventAt(),
                i.lastEventAt()));
    list.add(
        "The case is %s and led by %s."
            .formatted(i.state().name().toLowerCase(Locale.ROOT), i.owner().orElse("nobody yet")));
    long work = runs.stream().mapToLong(Run::work).sum();
    long finished = runs.stream().mapToLong(Run::finished).sum();
    list.add(
        runs.isEmpty()
            ? "No playbook was run."
            : "%d of %s of the playbooks ended.".formatted(finished, count(work, "step")));
  }

  private void timeline(List<TimelineEntry> entries) {
    var list = root.putArray("timeline");
    for (var e : entries) {
      if (e.kind().equals("report")) {
        continue;
      }
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
      run.steps().stream().filter(s -> s.step().isWork()).forEach(s -> step(steps.addObject(), s));
    }
  }

  private static void step(ObjectNode node, StepRun s) {
    node.put("id", s.step().id());
    node.put("name", s.step().name());
    node.put("state", s.state().name().toLowerCase(Locale.ROOT));
    node.put("openedAt", s.openedAt().map(Instant::toString).orElse(""));
    node.put("doneAt", s.doneAt().map(Instant::toString).orElse(""));
    node.put("by", s.by().orElse(""));
    node.put("note", s.note().orElse(""));
    node.put("choice", s.choice().orElse(""));
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
    var ids = new TreeSet<EventId>();
    timeline.forEach(e -> ids.addAll(e.events()));
    alerts.forEach(a -> ids.addAll(a.events()));
    ArrayNode list = root.putArray("events");
    ids.stream().limit(EVENTS).forEach(id -> event(list.addObject(), id, events.apply(id)));
    root.put("eventsCited", ids.size());
    var left = root.putArray("eventsLeftOut");
    ids.stream().skip(EVENTS).forEach(id -> left.add(id.toString()));
  }

  private void event(ObjectNode node, EventId id, Optional<EventReader.Recalled> recalled) {
    node.put("id", id.toString());
    if (recalled.isEmpty()) {
      missing++;
      node.put("missing", "not available: no longer kept, or another agency's");
      return;
    }
    var event = recalled.get().event();
    var frame = recalled.get().frame();
    hosts.add(event.source().host());
    node.put("occurredAt", event.occurredAt().toString());
    node.put("receivedAt", event.receivedAt().toString());
    node.put("host", event.source().host());
    node.put("raw", frame.text());
    node.put("sha256", sha256(frame.bytes().duplicate()));
  }

  // What a reader must not conclude from this report.
  private void limits() {
    var list = root.putArray("limits");
    list.add(
        hosts.isEmpty()
            ? "No event could be read back; nothing here rests on a log."
            : "Rests on logs of "
                + String.join(", ", hosts)
                + ". Hosts that sent none are not seen.");
    list.add(
        "Times of events are the senders' own claims; the time of receipt stands beside them.");
    if (missing > 0) {
      list.add(count(missing, "cited event") + " could not be read back.");
    }
    if (!root.path("eventsLeftOut").isEmpty()) {
      list.add(
          "%s more are cited and only their ids are given."
              .formatted(count(root.path("eventsLeftOut").size(), "event")));
    }
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  static String sha256(ByteBuffer bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
