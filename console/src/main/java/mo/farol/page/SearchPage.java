package mo.farol.page;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mo.farol.event.Event;
import mo.farol.pipe.Csv;
import mo.farol.pipe.Json;
import mo.farol.search.Answer;
import mo.farol.search.Cancelled;
import mo.farol.search.Hits;
import mo.farol.search.QueryFault;
import mo.farol.search.Questions;
import mo.farol.search.Search;
import mo.farol.search.SearchRequest;
import mo.farol.search.Splitting;
import mo.farol.search.TopValues;
import mo.farol.web.Askers;
import mo.farol.web.Caller;
import mo.farol.web.Refused;
import mo.farol.web.Tails;

/** Searching: the query, its time, a histogram, the rows. Everything is in the address. */
public final class SearchPage {
  private static final int ROWS = 100;
  private static final int BINS = 90;
  private static final int EXPORTED = 10_000;

  /** Lengths of time offered. */
  public static final List<String> SPANS = List.of("15m", "1h", "4h", "24h", "7d", "30d");

  /** Fields whose most frequent values stand beside the rows. */
  public static final List<String> FIELDS =
      List.of(
          "agency",
          "host.name",
          "event.dataset",
          "event.action",
          "event.outcome",
          "user.name",
          "source.ip",
          "destination.ip",
          "url.path");

  /** What was asked, and the addresses that ask something near it. */
  public record Question(String q, String span, Instant from, Instant to, boolean absolute) {
    /** The address of the same question with one thing changed. */
    public String with(String name, String value) {
      var parts = parts();
      parts.put(name, value);
      if (name.equals("span")) {
        parts.remove("from");
        parts.remove("to");
      }
      return address("/search", parts);
    }

    /** The question narrowed to a value of a field, or away from it. */
    public String narrowed(String field, String value, boolean away) {
      String clause = (away ? "NOT " : "") + Splitting.clause(field, value);
      return with("q", Splitting.narrowed(q, clause));
    }

    /** The same question elsewhere, such as the fragment of one field's values. */
    public String at(String path, Map<String, String> more) {
      var parts = parts();
      parts.putAll(more);
      return address(path, parts);
    }

    private Map<String, String> parts() {
      var parts = new LinkedHashMap<String, String>();
      parts.put("q", q);
      if (absolute) {
        parts.put("from", from.toString());
        parts.put("to", to.toString());
      } else {
        parts.put("span", span);
      }
      return parts;
    }

    private static String address(String path, Map<String, String> parts) {
      return path
          + "?"
          + parts.entrySet().stream()
              .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&"));
    }
  }

  /** Why a query was not understood. */
  public record Fault(int column, String message) {}

  /**
   * What the template shows.
   *
   * @param cancelled whether the search was ended before its answer
   * @param live where a tail of what comes from now on begins, where the page can have one
   */
  public record View(
      Shell shell,
      Question question,
      Optional<Fault> fault,
      Optional<Hits> hits,
      Optional<TableView> table,
      Optional<Bars> bars,
      String cursor,
      boolean cancelled,
      Optional<String> live) {}

  /** One field's values. */
  public record Values(Shell shell, Question question, TopValues top) {}

  private final Search search;
  private final InstantSource clock;

  SearchPage(Search search, InstantSource clock) {
    this.search = search;
    this.clock = clock;
  }

  void show(Context context) {
    var question = question(context);
    var shell = Shell.of(context, "search", Shell.words(context).get("search.title"));
    String cursor = Asked.text(context, "cursor");
    var request = request(context, question, ROWS, Asked.some(context, "cursor"));
    try {
      context.html(
          search.run(
              Askers.of(context),
              question.q(),
              questions ->
                  Templates.render(
                      "search", found(context, questions, request, shell, question, cursor))));
    } catch (QueryFault e) {
      context.status(400);
      var fault = new Fault(e.column(), String.valueOf(e.getMessage()));
      Templates.show(
          context, "search", without(shell, question, Optional.of(fault), cursor, false));
    } catch (Cancelled e) {
      context.status(409);
      Templates.show(context, "search", without(shell, question, Optional.empty(), cursor, true));
    }
  }

  private View found(
      Context context,
      Questions questions,
      SearchRequest request,
      Shell shell,
      Question question,
      String cursor) {
    String until = Tails.resumeToken(context, search.reached());
    var answer = questions.ask(request, TableView.ROWS);
    var histogram = questions.histogram(request, BINS);
    boolean isNow = answer instanceof Answer.Events && cursor.isEmpty() && !question.absolute();
    return new View(
        shell,
        question,
        Optional.empty(),
        answer instanceof Answer.Events(var hits) ? Optional.of(hits) : Optional.empty(),
        answer instanceof Answer.Rows rows
            ? Optional.of(TableView.of(rows, question))
            : Optional.empty(),
        Optional.of(Bars.of(histogram, question)),
        cursor,
        false,
        isNow ? Optional.of(until) : Optional.empty());
  }

  private static View without(
      Shell shell, Question question, Optional<Fault> fault, String cursor, boolean cancelled) {
    return new View(
        shell,
        question,
        fault,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        cursor,
        cancelled,
        Optional.empty());
  }

  /** New rows as they become searchable, as server-sent events; each is a row of the page's. */
  void tail(Context context) throws Exception {
    var tail =
        search.follow(
            Askers.following(context),
            Asked.text(context, "q"),
            Caller.of(context).scope(),
            Tails.last(context));
    Tails.serve(context, tail, event -> Templates.render("row", event));
  }

  /**
   * The table of a query with stages as a file: every row there is, up to 10,000. What is missing
   * is said in its name, in {@code X-Farol-Partial} and in the last object of NDJSON.
   */
  void table(Context context) {
    var question = question(context);
    if (Splitting.stages(question.q()).isEmpty()) {
      throw noTable();
    }
    file(context, question);
  }

  // The file's text is made where it was searched for: as many at once as search at once.
  private void file(Context context, Question question) {
    boolean csv = !Asked.text(context, "format").equals("ndjson");
    var request = request(context, question, 1, Optional.empty());
    var file =
        search.run(
            Askers.of(context),
            question.q(),
            questions -> file(questions.ask(request, EXPORTED), csv));
    if (!file.missing().isEmpty()) {
      context.header("X-Farol-Partial", String.join("; ", file.missing()));
    }
    context.header(
        "Content-Disposition",
        "attachment; filename=\"farol-table%s.%s\""
            .formatted(file.missing().isEmpty() ? "" : "-partial", csv ? "csv" : "ndjson"));
    context.contentType(csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
    context.result(file.text().toByteArray());
  }

  private record TableFile(ByteArrayOutputStream text, List<String> missing) {}

  private static TableFile file(Answer answer, boolean csv) {
    if (!(answer instanceof Answer.Rows rows)) {
      throw noTable();
    }
    var missing = missing(rows);
    var text = new ByteArrayOutputStream();
    try (var out = new OutputStreamWriter(text, StandardCharsets.UTF_8)) {
      if (csv) {
        Csv.write(rows.table(), out);
      } else {
        Json.lines(rows.table(), missing, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TableFile(text, missing);
  }

  private static List<String> missing(Answer.Rows rows) {
    var missing = new ArrayList<>(rows.told());
    int shown = rows.table().rows().size();
    if (shown < rows.total()) {
      missing.add("%,d of %,d rows are in this file".formatted(shown, rows.total()));
    }
    return missing;
  }

  private static Refused noTable() {
    return new Refused(400, "Not understood", "Write what to count: QUERY | count by user.name.");
  }

  /** The fragment with one field's most frequent values. */
  void values(Context context) {
    var question = question(context);
    String field = Asked.text(context, "field");
    var request = request(context, question, 1, Optional.empty());
    var top =
        search.run(
            Askers.of(context),
            Splitting.clause(question.q()),
            questions -> questions.top(request, field, 5));
    Templates.show(context, "values", new Values(Shell.of(context, "search", ""), question, top));
  }

  /** The message of an event, or what stands for one. */
  public static String message(Event event) {
    return Shown.log(event.message(), 600);
  }

  Question question(Context context) {
    var now = clock.instant();
    String span = Asked.some(context, "span").filter(s -> Asked.span(s).isPresent()).orElse("24h");
    var from = Asked.instant(Asked.text(context, "from"));
    var to = Asked.instant(Asked.text(context, "to"));
    Instant end = to.orElse(now);
    Instant start = from.orElse(end.minus(Asked.span(span).orElse(Duration.ofHours(24))));
    return new Question(
        Asked.text(context, "q"),
        span,
        start,
        end.isAfter(start) ? end : start.plusSeconds(1),
        from.isPresent() || to.isPresent());
  }

  private static SearchRequest request(
      Context context, Question question, int limit, Optional<String> cursor) {
    return new SearchRequest(
        question.q(), Caller.of(context).scope(), question.from(), question.to(), limit, cursor);
  }
}
