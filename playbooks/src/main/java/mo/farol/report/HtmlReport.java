package mo.farol.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** The facts as one HTML file: no script, nothing fetched, made to be printed. */
final class HtmlReport {
  private static final String STYLE =
      """
      body{font:14px/1.45 system-ui,"Noto Sans",sans-serif;color:#16202a;background:#fff;margin:0 auto;padding:24px 32px;max-width:60rem}
      h1{font-size:22px;margin:8px 0 2px}h2{font-size:15px;margin:28px 0 6px;padding-bottom:3px;border-bottom:1px solid #c9d1d9}
      table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:left;vertical-align:top;padding:4px 10px 4px 0;border-bottom:1px solid #e4e8ec}
      th{font-weight:600;color:#57636f;white-space:nowrap}code,pre,.mono{font:12px/1.4 ui-monospace,"Noto Sans Mono",monospace}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:2px 0}
      .tlp{display:inline-block;background:#000;color:#ffc000;font-weight:700;padding:1px 8px}.tlp.RED{color:#ff2b2b}.tlp.GREEN{color:#33ff00}.tlp.CLEAR{color:#fff}
      .exercise{background:#5b2a86;color:#fff;font-weight:700;text-align:center;padding:6px;letter-spacing:.1em}.quiet{color:#57636f}
      ul{margin:4px 0;padding-left:20px}footer{margin-top:32px;border-top:1px solid #c9d1d9;padding-top:8px;font-size:12px;color:#57636f}
      @media print{body{padding:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}
      """;

  private final Html html = new Html();
  private final JsonNode facts;

  private HtmlReport(JsonNode facts) {
    this.facts = facts;
  }

  static String write(JsonNode facts, int number, Instant at, String by, String sha256) {
    var report = new HtmlReport(facts);
    report.head(number, at, by);
    report.summary();
    report.timeline();
    report.alerts();
    report.actions();
    report.indicators();
    report.events();
    report.foot(sha256);
    return report.html.toString();
  }

  private void head(int number, Instant at, String by) {
    var incident = facts.path("incident");
    html.markup(
            "<!doctype html>\n"
                + "<html lang=\"en\"><head><meta charset=\"utf-8\"><meta"
                + " http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                + " 'unsafe-inline'\"><meta name=\"viewport\""
                + " content=\"width=device-width\"><title>")
        .text(incident.path("id").asText() + " " + incident.path("title").asText())
        .markup("</title><style>")
        .markup(STYLE)
        .markup("</style></head><body>\n");
    banner();
    html.markup("<p>");
    tlp();
    html.markup("</p><h1>")
        .text(incident.path("id").asText())
        .markup(" · ")
        .text(incident.path("title").asText())
        .markup("</h1><p class=\"quiet\">Report ")
        .text(Integer.toString(number))
        .markup(number > 1 ? " (supersedes report " + (number - 1) + ")" : "")
        .markup(", made ")
        .text(at.toString())
        .markup(" by ")
        .text(by)
        .markup(". All times UTC.</p>\n");
  }

  private void banner() {
    if (facts.path("incident").path("exercise").asBoolean()) {
      html.markup("<p class=\"exercise\">EXERCISE — EXERCISE — EXERCISE</p>");
    }
  }

  private void tlp() {
    String label = facts.path("incident").path("tlp").asText();
    html.markup("<span class=\"tlp ")
        .text(label.replaceAll("[^A-Z]", ""))
        .markup("\">TLP:")
        .text(label)
        .markup("</span>");
  }

  private void summary() {
    var i = facts.path("incident");
    html.markup("<h2>Summary</h2><p>");
    facts.path("summary").forEach(s -> html.text(s.asText()).markup(" "));
    html.markup("</p><table>");
    row("Agency", i.path("agency").asText());
    row("Severity", i.path("severity").asText() + " — " + i.path("gradeReason").asText());
    row("Category (RSIT)", i.path("category").asText());
    row("State", i.path("state").asText());
    row("Led by", i.path("owner").asText().isEmpty() ? "nobody yet" : i.path("owner").asText());
    row("First event", i.path("firstEventAt").asText());
    row("Last event", i.path("lastEventAt").asText());
    row("Opened", i.path("openedAt").asText());
    row(
        "Evidence",
        "%d alerts citing %d events"
            .formatted(facts.path("alerts").size(), facts.path("eventsCited").asInt()));
    html.markup("</table>\n");
  }

  private void row(String name, String value) {
    html.markup("<tr><th>").markup(name).markup("</th><td>").text(value).markup("</td></tr>");
  }

  private void timeline() {
    html.markup(
        "<h2>Timeline</h2><table><tr><th>Time</th><th></th><th>What</th><th>By</th><th>Events</th></tr>");
    for (var e : facts.path("timeline")) {
      html.markup("<tr><td class=\"mono\">")
          .text(e.path("at").asText())
          .markup("</td><td>")
          .markup(e.path("observed").asBoolean() ? "observed" : "recorded")
          .markup("</td><td>")
          .text(e.path("text").asText())
          .markup("</td><td>")
          .text(e.path("by").asText())
          .markup("</td><td class=\"mono\">");
      cite(e.path("events"));
      html.markup("</td></tr>");
    }
    html.markup("</table>\n");
  }

  private void cite(JsonNode ids) {
    int shown = 0;
    for (var id : ids) {
      if (shown == 6) {
        html.markup("and ").text(Integer.toString(ids.size() - shown)).markup(" more");
        return;
      }
      html.markup("<a href=\"#e").text(id.asText()).markup("\">").text(id.asText()).markup("</a> ");
      shown++;
    }
  }

  private void alerts() {
    html.markup("<h2>Alerts and why they were raised</h2>");
    for (var a : facts.path("alerts")) {
      html.markup("<p><strong>")
          .text(a.path("title").asText())
          .markup("</strong> <span class=\"quiet\">")
          .text(a.path("severity").asText())
          .markup(", rule ")
          .text(a.path("rule").path("id").asText())
          .markup(" version ")
          .text(a.path("rule").path("version").asText())
          .markup(", ")
          .text(join(a.path("techniques")))
          .markup(", ")
          .text(a.path("count").asText())
          .markup(" events</span></p><ul>");
      a.path("why").forEach(line -> html.markup("<li>").text(line.asText()).markup("</li>"));
      html.markup("</ul>");
    }
  }

  private static String join(JsonNode array) {
    var words = new java.util.StringJoiner(" ");
    array.forEach(n -> words.add(n.asText()));
    return words.toString();
  }

  private void actions() {
    html.markup("<h2>Actions</h2>");
    if (facts.path("actions").isEmpty()) {
      html.markup("<p class=\"quiet\">No playbook was run.</p>");
    }
    for (var run : facts.path("actions")) {
      html.markup("<p><strong>")
          .text(run.path("name").asText())
          .markup("</strong> <span class=\"quiet\">version ")
          .text(run.path("modified").asText())
          .markup(", started ")
          .text(run.path("startedAt").asText())
          .markup(" by ")
          .text(run.path("startedBy").asText())
          .markup(run.path("ended").asBoolean() ? ", ended" : ", under way")
          .markup(
              "</span></p><table><tr><th>Step</th><th>State</th><th>When</th><th>By</th><th>Note</th></tr>");
      for (var s : run.path("steps")) {
        String choice = s.path("choice").asText();
        html.markup("<tr><td>")
            .text(s.path("name").asText())
            .markup("</td><td>")
            .text(s.path("state").asText())
            .markup("</td><td class=\"mono\">")
            .text(s.path("doneAt").asText())
            .markup("</td><td>")
            .text(s.path("by").asText())
            .markup("</td><td>")
            .text((choice.isEmpty() ? "" : "decided " + choice + ". ") + s.path("note").asText())
            .markup("</td></tr>");
      }
      html.markup("</table>");
    }
  }

  private void indicators() {
    html.markup("<h2>Indicators (defanged)</h2>");
    if (facts.path("indicators").isEmpty()) {
      html.markup("<p class=\"quiet\">None.</p>");
      return;
    }
    html.markup("<table>");
    for (var i : facts.path("indicators")) {
      html.markup("<tr><th>")
          .text(i.path("field").asText())
          .markup("</th><td class=\"mono\">")
          .text(defang(i.path("value").asText()))
          .markup("</td></tr>");
    }
    html.markup("</table>");
  }

  /** A value nobody opens by mistake. */
  static String defang(String value) {
    return value
        .replace("http", "hxxp")
        .replace("://", "[://]")
        .replace("@", "[@]")
        .replace(".", "[.]");
  }

  private void events() {
    html.markup("<h2>Events as received</h2>");
    for (var e : facts.path("events")) {
      html.markup("<div id=\"e")
          .text(e.path("id").asText())
          .markup("\"><span class=\"mono\"><strong>")
          .text(e.path("id").asText())
          .markup("</strong> ")
          .text(e.path("occurredAt").asText())
          .markup(" ")
          .text(e.path("host").asText())
          .markup("</span> <span class=\"quiet mono\">sha256 ")
          .text(e.path("sha256").asText())
          .markup("</span><pre>")
          .text(e.has("missing") ? e.path("missing").asText() : e.path("raw").asText())
          .markup("</pre></div>");
    }
    var left = facts.path("eventsLeftOut");
    if (!left.isEmpty()) {
      html.markup("<p>")
          .text(left.size() + " more events are cited and not printed here: " + join(left))
          .markup("</p>");
    }
  }

  private void foot(String sha256) {
    html.markup("<footer>");
    tlp();
    html.markup("<p>What this report can't show: ");
    facts.path("limits").forEach(line -> html.text(line.asText()).markup(" "));
    html.markup("</p><p>Facts SHA-256 <span class=\"mono\">")
        .text(sha256)
        .markup("</span></p></footer>");
    banner();
    html.markup("</body></html>\n");
  }
}
