package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.report.Report;
import mo.farol.report.Reports;
import mo.farol.web.Caller;

/** {@code /reports}: documents made of cases. */
final class ReportsApi {
  private final Reports reports;

  ReportsApi(Reports reports) {
    this.reports = reports;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/incidents/{id}/reports", "Reports of a case, newest first.", this::list),
        Endpoint.post(
            "/incidents/{id}/reports",
            "Makes a report: {\"format\":\"html|json\",\"language\":\"en|pt|zh-Hant\"}.",
            this::make),
        Endpoint.get("/reports/{id}", "What a report is, with its SHA-256.", this::one),
        Endpoint.get("/reports/{id}/body", "The report's bytes as they were made.", this::body));
  }

  private void list(Context context) {
    var all = reports.ofIncident(context.pathParam("id"), Caller.of(context).scope());
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), ReportsApi::tree));
  }

  private void make(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    var body = Answers.body(context);
    var format = Report.Format.valueOf(Answers.needed(body, "format").toUpperCase(Locale.ROOT));
    String language = body.path("language").asText("en");
    var made =
        reports.export(context.pathParam("id"), format, language, caller.name(), caller.scope());
    Answers.send(context.status(201), tree(made));
  }

  private void one(Context context) {
    Answers.send(context, tree(find(context)));
  }

  private void body(Context context) {
    var report = find(context);
    byte[] bytes =
        reports
            .body(report.id(), Caller.of(context).scope())
            .orElseThrow(() -> Answers.missing("report"));
    boolean html = report.format() == Report.Format.HTML;
    context.header("Content-Disposition", "attachment");
    context.contentType(html ? "text/html; charset=utf-8" : "application/json").result(bytes);
  }

  private Report find(Context context) {
    return reports
        .get(context.pathParam("id"), Caller.of(context).scope())
        .orElseThrow(() -> Answers.missing("report"));
  }

  private static ObjectNode tree(Report r) {
    return Answers.object()
        .put("id", r.id())
        .put("incident", r.incident())
        .put("number", r.number())
        .put("format", r.format().name().toLowerCase(Locale.ROOT))
        .put("language", r.language())
        .put("at", r.at().toString())
        .put("by", r.by())
        .put("sha256", r.sha256())
        .put("factsSha256", r.factsSha256());
  }
}
