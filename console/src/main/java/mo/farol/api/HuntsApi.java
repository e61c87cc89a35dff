package mo.farol.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.hunt.HuntFault;
import mo.farol.hunt.HuntJson;
import mo.farol.hunt.HuntProgress;
import mo.farol.hunt.Hunts;
import mo.farol.hunting.HuntDesk;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /hunts}: Sigma rules, correlations or indicators against all history. */
final class HuntsApi {
  private static final String ONE =
      """
      id, title, kind (sigma, indicators; indicators-red opens to who works alerts), by, agency \
      (empty: all you see), from and to (absent: all history), askedAt, endedAt, state (running, \
      done, cancelled, failed, interrupted); while it runs progress: phase, done \
      (0 to 1), events (in all), toRead, read, hits by agency.\
      """;
  private static final String FOUND =
      """
      text (what was hunted) and, once it ended, result: matched (events, and groups of \
      correlations), groups, events (in all), read (those the index could not rule out), missing \
      (could not be read back), whole, shortfalls (time, days, frames, replaced, rules; hits, \
      windows, late, compared of correlations), finds (what, title, count), agencies and hours \
      (hits by each), hits (event, what, agency, host, source, occurredAt, why, and of a \
      correlation group: values, count, value, firstAt, lastAt, events, least, lane, exercise; the \
      first, as 'limit' says), coverage, warmUp of correlations (from, oldest, cut), comparison \
      (before, gained, lost, with hits) where 'against' was sent. coverage: \
      oldest, newest, step (hour or day), agencies (agency, events that could have shown it, steps \
      with such, of, gaps), sources (agency, host, events, first, last, steps), moreSources, blind \
      (rules that nothing could have shown), gone (events kept no longer), exact.\
      """;
  private static final int MOST_HITS = 10_000;

  private final HuntDesk desk;

  HuntsApi(HuntDesk desk) {
    this.desk = desk;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/hunts", "Hunts of those who see what you see, the newest first.", this::list)
            .answering("items, each with " + ONE),
        Endpoint.post(
                "/hunts",
                "Begins a hunt (analysts, operators, an agency's people): sigma (one rule or several, YAML), rule (ids of rules in force) or indicators (text) with format"
                    + " (stix, misp, csv, list, kev; guessed); from, to, agency, title; with sigma"
                    + " or rule also against: the rule as it was before, or ids in force.",
                this::begin)
            .answering("202: " + ONE),
        Endpoint.get("/hunts/{id}", "A hunt with what it found.", this::show, "limit")
            .answering(ONE + " " + FOUND),
        Endpoint.delete(
            "/hunts/{id}",
            "Ends a hunt under way; removes one that has ended. For whoever began it, or an"
                + " operator.",
            this::end));
  }

  private void list(Context context) {
    var all = desk.hunts().of(Caller.of(context).scope());
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), HuntsApi::tree));
  }

  private void begin(Context context) {
    Caller.of(context).mustHunt();
    var body = Answers.body(context);
    try {
      var wanted =
          desk.wanted(
              new HuntDesk.Sent(
                  text(body, "title"),
                  text(body, "sigma"),
                  text(body, "indicators"),
                  text(body, "format"),
                  text(body, "against"),
                  text(body, "agency"),
                  instant(body, "from"),
                  instant(body, "to"),
                  text(body, "rule")));
      var begun = desk.hunts().begin(wanted, Caller.of(context).who());
      context.status(202);
      Answers.send(context, tree(begun));
    } catch (HuntFault e) {
      throw new Refused(400, "Can't be hunted", String.valueOf(e.getMessage()));
    }
  }

  private void show(Context context) {
    var told = find(context);
    var node = tree(told).put("text", told.entry().text());
    var result = HuntJson.tree(told.entry().result());
    if (result instanceof ObjectNode object && !object.isEmpty()) {
      cut(object, limit(context));
      node.set("result", object);
    }
    Answers.send(context, node);
  }

  private Hunts.Told find(Context context) {
    var person = Caller.of(context).person();
    return desk.hunts()
        .find(context.pathParam("id"), person.scope())
        .filter(told -> told.entry().isFor(person.role().mayWork()))
        .orElseThrow(() -> Answers.missing("hunt"));
  }

  private void end(Context context) {
    var caller = Caller.of(context);
    caller.mustHunt();
    if (!HuntDesk.mayEnd(find(context).entry(), caller.person())) {
      throw new Refused(403, "Not allowed", "Whoever began a hunt ends it, or an operator.");
    }
    if (!desk.hunts().end(context.pathParam("id"), caller.scope(), caller.name())) {
      throw Answers.missing("hunt");
    }
    context.status(204);
  }

  private static void cut(ObjectNode result, int most) {
    if (result.get("hits") instanceof ArrayNode hits) {
      while (hits.size() > most) {
        hits.remove(hits.size() - 1);
      }
    }
  }

  private static int limit(Context context) {
    return Answers.some(context, "limit")
        .filter(text -> text.matches("\\d{1,5}"))
        .map(Integer::parseInt)
        .map(n -> Math.min(n, MOST_HITS))
        .orElse(1_000);
  }

  private static ObjectNode tree(Hunts.Told told) {
    var entry = told.entry();
    var node =
        Answers.object()
            .put("id", entry.id())
            .put("title", entry.title())
            .put("kind", entry.kind())
            .put("by", entry.by())
            .put("agency", entry.agency());
    entry.from().ifPresent(from -> node.put("from", from.toString()));
    entry.to().ifPresent(to -> node.put("to", to.toString()));
    node.put("askedAt", entry.askedAt().toString());
    entry.endedAt().ifPresent(at -> node.put("endedAt", at.toString()));
    node.put("state", entry.state().word());
    told.progress().ifPresent(progress -> node.set("progress", tree(progress)));
    return node;
  }

  private static ObjectNode tree(HuntProgress progress) {
    var node =
        Answers.object()
            .put("phase", progress.phase().name().toLowerCase(Locale.ROOT))
            .put("done", progress.done())
            .put("events", progress.events())
            .put("toRead", progress.toRead())
            .put("read", progress.read());
    var hits = node.putObject("hits");
    progress.hits().forEach(hits::put);
    return node;
  }

  private static String text(JsonNode body, String name) {
    return body.path(name).asText("");
  }

  private static Optional<Instant> instant(JsonNode body, String name) {
    try {
      return Optional.of(text(body, name)).filter(t -> !t.isBlank()).map(Instant::parse);
    } catch (DateTimeException e) {
      throw new Refused(
          400, "Not understood", name + " is an instant such as 2026-11-24T08:00:00Z.");
    }
  }
}
