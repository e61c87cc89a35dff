package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.event.Frame;
import mo.farol.export.EventValues;
import mo.farol.flow.Replay;
import mo.farol.pipe.Json;
import mo.farol.search.Answer;
import mo.farol.search.EventReader;
import mo.farol.search.Histogram;
import mo.farol.search.Hits;
import mo.farol.search.Questions;
import mo.farol.search.Search;
import mo.farol.search.SearchRequest;
import mo.farol.search.Splitting;
import mo.farol.search.TopValues;
import mo.farol.web.Askers;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /events}: searching, one event, counts over time, most frequent values. */
final class EventsApi {
  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");
  private static final Duration DEFAULT_SPAN = Duration.ofHours(24);
  private static final String ANSWER =
      """
      Without stages: items, next (a cursor), total, exact, late (the time ran out before the page \
      was full: ask on with next, or once more where there is none). With stages: columns (names), rows \
      (arrays of text, number, ISO 8601 time or null; at most limit, or 10,000), total (rows there \
      are), matched (events the stages began with), matchedExact, exact, partial (what is missing \
      or estimated, in words).\
      """;
  private static final int MOST_ROWS = 10_000;
  private final Search search;
  private final Replay replay;
  private final SealApi proofs;
  private final InstantSource clock;

  EventsApi(Search search, Replay replay, SealApi proofs, InstantSource clock) {
    this.search = search;
    this.replay = replay;
    this.proofs = proofs;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/events",
                "Events that match a query, newest first; with stages after '|' a table.",
                this::list,
                "q",
                "from",
                "to",
                "limit",
                "cursor",
                "countTo")
            .answering(ANSWER),
        Endpoint.get(
            "/events/histogram",
            "Counts over time of what matches.",
            this::histogram,
            "q",
            "from",
            "to",
            "bins"),
        Endpoint.get(
            "/events/top",
            "Most frequent values of a field.",
            this::top,
            "field",
            "q",
            "from",
            "to",
            "limit"),
        Endpoint.get(
            "/events/fields",
            "Names of the fields that matching events have.",
            this::fields,
            "q",
            "from",
            "to",
            "limit"),
        Endpoint.post(
            "/events/replay",
            "Reads again what no parser could read, after one was mended.",
            this::replay,
            "q",
            "from",
            "to"),
        Endpoint.get("/events/{id}", "One event with its raw frame and its proof.", this::one));
  }

  // The answer's text is made where it was searched for: as many at once as search at once.
  private void answer(Context context, String query, Function<Questions, ObjectNode> tree) {
    Answers.sendBytes(
        context,
        search.run(Askers.of(context), query, questions -> Answers.bytes(tree.apply(questions))));
  }

  // Of the events alone, whatever stages follow.
  private void answerOfEvents(
      Context context, SearchRequest request, Function<Questions, ObjectNode> tree) {
    answer(context, Splitting.clause(request.query()), tree);
  }

  private void list(Context context) {
    var request = request(context).countedTo(countTo(context));
    int rows = Answers.some(context, "limit").isPresent() ? request.limit() : MOST_ROWS;
    answer(
        context,
        request.query(),
        questions ->
            switch (questions.ask(request, rows)) {
              case Answer.Events(var hits) -> tree(hits);
              case Answer.Rows table -> tree(table);
            });
  }

  private static ObjectNode tree(Hits hits) {
    var answer = Answers.list(hits.events(), hits.next(), hits.total(), EventsApi::tree);
    answer.put("exact", hits.exact());
    answer.put("late", hits.late());
    answer.put("tookMillis", hits.took().toMillis());
    return answer;
  }

  private static ObjectNode tree(Answer.Rows rows) {
    var answer = Answers.object();
    Json.put(rows.table(), answer);
    answer.put("total", rows.total());
    answer.put("matched", rows.matched());
    answer.put("matchedExact", rows.counted());
    answer.put("exact", rows.exact());
    rows.told().forEach(answer.putArray("partial")::add);
    answer.put("tookMillis", rows.took().toMillis());
    return answer;
  }

  private static long countTo(Context context) {
    var asked = Answers.some(context, "countTo");
    if (asked.filter(n -> !n.matches("\\d{1,18}")).isPresent()) {
      throw new Refused(400, "Not a number", "Say countTo=10000, or leave it out to count all.");
    }
    return asked.map(Long::parseLong).orElse(Long.MAX_VALUE);
  }

  private void histogram(Context context) {
    int bins =
        Answers.some(context, "bins")
            .filter(b -> b.matches("\\d{1,3}"))
            .map(Integer::parseInt)
            .orElse(60);
    var request = request(context);
    answerOfEvents(context, request, questions -> tree(questions.histogram(request, bins)));
  }

  private static ObjectNode tree(Histogram histogram) {
    var answer = Answers.object();
    answer.put("from", histogram.from().toString());
    answer.put("widthSeconds", histogram.width().toSeconds());
    var list = answer.putArray("bins");
    for (var bin : histogram.bins()) {
      var node = list.addObject().put("at", bin.at().toString()).put("total", bin.total());
      bin.bySeverity().forEach(node.putArray("bySeverity")::add);
    }
    answer.put("exact", histogram.exact());
    return answer;
  }

  private void top(Context context) {
    String field =
        Answers.some(context, "field")
            .orElseThrow(
                () ->
                    new Refused(400, "Something is missing", "Say which field: field=user.name."));
    var request = request(context);
    int limit = Answers.limit(context);
    answerOfEvents(
        context, request, questions -> tree(questions.top(request, field, limit), field));
  }

  private static ObjectNode tree(TopValues top, String field) {
    var answer =
        Answers.list(
            top.values(),
            Optional.empty(),
            top.total(),
            v -> Answers.object().put("value", v.value()).put("count", v.count()));
    answer.put("field", field);
    answer.put("withField", top.withField());
    answer.put("exact", top.exact());
    return answer;
  }

  private void fields(Context context) {
    var request = request(context);
    int limit = Answers.limit(context);
    answerOfEvents(context, request, questions -> tree(questions.fields(request, limit)));
  }

  private static ObjectNode tree(TopValues found) {
    var names = found.values();
    var node =
        Answers.list(
            names,
            Optional.empty(),
            names.size(),
            v -> Answers.object().put("field", v.value()).put("count", v.count()));
    return node.put("events", found.total()).put("exact", found.exact());
  }

  private void replay(Context context) {
    var caller = Caller.of(context);
    caller.mustOperate();
    var outcome =
        replay.replay(
            Askers.of(context),
            Answers.some(context, "q").orElse(""),
            caller.scope(),
            Answers.instant(context, "from", Instant.EPOCH),
            Answers.instant(context, "to", FAR));
    Answers.send(
        context, Answers.object().put("read", outcome.read()).put("still", outcome.still()));
  }

  private void one(Context context) {
    var recalled =
        search
            .event(id(context), Caller.of(context).scope())
            .orElseThrow(() -> Answers.missing("event"));
    Answers.send(context, whole(recalled));
  }

  private static EventId id(Context context) {
    try {
      return EventId.parse(context.pathParam("id"));
    } catch (IllegalArgumentException e) {
      throw Answers.missing("event");
    }
  }

  static ObjectNode tree(Event event) {
    return EventValues.tree(event);
  }

  ObjectNode whole(EventReader.Recalled recalled) {
    var node = tree(recalled.event());
    node.put("raw", recalled.frame().text());
    node.put("rawSha256", sha256(recalled.frame()));
    var origin = node.putObject("origin");
    origin.put("input", recalled.frame().origin().input());
    origin.put("peer", recalled.frame().origin().peer());
    origin.put("lane", recalled.frame().origin().lane());
    node.set("proof", proofs.inclusion(recalled.event().id().sequence()).orElse(null));
    return node;
  }

  private static String sha256(Frame frame) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(frame.bytes().duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private SearchRequest request(Context context) {
    var to = Answers.instant(context, "to", clock.instant());
    var from = Answers.instant(context, "from", to.minus(DEFAULT_SPAN));
    return new SearchRequest(
        Answers.some(context, "q").orElse(""),
        Caller.of(context).scope(),
        from,
        to,
        Answers.limit(context),
        Answers.some(context, "cursor"));
  }
}
