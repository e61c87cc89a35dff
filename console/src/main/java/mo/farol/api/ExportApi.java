package mo.farol.api;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import mo.farol.export.ExportRequest;
import mo.farol.export.Exports;
import mo.farol.export.Format;
import mo.farol.search.SearchRequest;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /events/export}: all events of a query as a file. */
final class ExportApi {
  private static final Duration DEFAULT_SPAN = Duration.ofHours(24);
  private static final String ANSWER =
      """
      A file, newest first, of every event that was searchable when it began; gzip where \
      Accept-Encoding asks for it. jsonl: one event a line as GET /events gives it, or only the \
      fields; where something is missing the last line is {"farol.partial":[why, …]}. csv: RFC \
      4180; a cell that begins as a formula gets ' before it. Only with bom=true is it fit for \
      spreadsheets, which also part cells at semicolons and tabs: there no part begins so. With a limit that leaves \
      events out, X-Farol-Partial and the file's name say so. CSV that is cut in its middle ends \
      without HTTP's last chunk, which clients report as a failure.\
      """;
  private final Exports exports;
  private final InstantSource clock;

  ExportApi(Exports exports, InstantSource clock) {
    this.exports = exports;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/events/export",
                "Every event that matches as a file of any size: format=csv or jsonl; fields:"
                    + " names separated by commas, raw among them; limit: at most so many, the"
                    + " newest; bom=true: CSV for spreadsheets.",
                this::export,
                "q",
                "from",
                "to",
                "format",
                "fields",
                "limit",
                "bom")
            .answering(ANSWER));
  }

  private void export(Context context) {
    var to = Answers.instant(context, "to", clock.instant());
    var from = Answers.instant(context, "from", to.minus(DEFAULT_SPAN));
    var request =
        new SearchRequest(
            Answers.some(context, "q").orElse(""),
            Caller.of(context).scope(),
            from,
            to,
            1,
            Optional.empty());
    var format =
        Format.of(Answers.some(context, "format").orElse("jsonl"))
            .orElseThrow(() -> new Refused(400, "Not understood", "format is csv or jsonl."));
    exports.serve(
        context,
        new ExportRequest(
            request,
            format,
            ExportRequest.fields(Answers.some(context, "fields").orElse("")),
            limit(context),
            Answers.some(context, "bom").filter("true"::equals).isPresent()));
  }

  private static long limit(Context context) {
    String text = Answers.some(context, "limit").orElse("0");
    if (!text.matches("\\d{1,15}")) {
      throw new Refused(400, "Not understood", "limit is a number; leave it out for all events.");
    }
    return Long.parseLong(text);
  }
}
