package mo.farol.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * The facts as one HTML file: no script, nothing fetched, made to be printed. Headings and fixed
 * words are in the language asked for; facts stand as they were recorded.
 */
final class HtmlReport {
  private final Html html = new Html();
  private final JsonNode facts;
  private final ReportWords words;

  private HtmlReport(JsonNode facts, ReportWords words) {
    this.facts = facts;
    this.words = words;
  }

  static String write(
      JsonNode facts, ReportWords words, int number, Instant at, String by, String sha256) {
    var report = new HtmlReport(facts, words);
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
                + "<html lang=\""
                + words.tag()
                + "\"><head><meta charset=\"utf-8\"><meta"
                + " http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                + " 'unsafe-inline'\"><meta name=\"viewport\""
                + " content=\"width=device-width\"><title>")
        .text(incident.path("id").asText() + " " + incident.path("title").asText())
        .markup("</title><style>")
        .markup(ReportStyle.CSS)
        .markup("</style></head><body>\n");
    banner();
    html.markup("<p>");
    tlp();
    html.markup("</p><h1>")
        .text(incident.path("id").asText())
        .markup(" · ")
        .text(incident.path("title").asText())
        .markup("</h1><p class=\"quiet\">")
        .text(
            number > 1
                ? words.get("made.again", text(number), text(number - 1), at.toString(), by)
                : words.get("made", text(number), at.toString(), by))
        .markup("</p>\n");
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  private void heading(String key) {
    html.markup("<h2>").text(words.get(key)).markup("</h2>");
  }

  private void columns(String... keys) {
    html.markup("<table><tr>");
    for (String key : keys) {
      html.markup("<th>").text(key.isEmpty() ? "" : words.get(key)).markup("</th>");
    }
    html.markup("</tr>");
  }

  private void banner() {
    if (facts.path("incident").path("exercise").asBoolean()) {
      String word = words.get("exercise");
      html.markup("<p class=\"exercise\">")
          .text(String.join(" — ", word, word, word))
          .markup("</p>");
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
    heading("summary");
    html.markup("<p>");
    facts.path("summary").forEach(s -> html.text(s.asText()).markup(" "));
    html.markup("</p><table>");
    String owner = i.path("owner").asText();
    row("agency", i.path("agency").asText());
    row("severity", level(i) + " — " + i.path("gradeReason").asText());
    row("category", i.path("category").asText());
    row("state", words.get("state." + i.path("state").asText()));
    row("owner", owner.isEmpty() ? words.get("nobody") : owner);
    row("first", i.path("firstEventAt").asText());
    row("last", i.path("lastEventAt").asText());
    row("opened", i.path("openedAt").asText());
    String alerts = text(facts.path("alerts").size());
    row("evidence", words.get("evidence.text", alerts, facts.path("eventsCited").asText()));
    html.markup("</table>\n");
  }

  private String level(JsonNode graded) {
    return words.get("level." + graded.path("severity").asText());
  }

  private void row(String key, String value) {
    html.markup("<tr><th>")
        .text(words.get(key))
        .markup("</th><td>")
        .text(value)
        .markup("</td></tr>");
  }

  private void timeline() {
    heading("timeline");
    columns("time", "", "what", "by", "events");
    for (var e : facts.path("timeline")) {
      html.markup("<tr><td class=\"mono\">")
          .text(e.path("at").asText())
          .markup("</td><td>")
          .text(words.get(e.path("observed").asBoolean() ? "observed" : "recorded"))
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
        html.text(words.get("more", text(ids.size() - shown)));
        return;
      }
      html.markup("<a href=\"#e").text(id.asText()).markup("\">").text(id.asText()).markup("</a> ");
      shown++;
    }
  }

  private void alerts() {
    heading("alerts");
    for (var a : facts.path("alerts")) {
      html.markup("<p><strong>")
          .text(a.path("title").asText())
          .markup("</strong> <span class=\"quiet\">")
          .text(
              words.get(
                  "alert.text",
                  level(a),
                  a.path("rule").path("id").asText(),
                  a.path("rule").path("version").asText(),
                  join(a.path("techniques")),
                  a.path("count").asText()))
          .markup("</span></p><ul>");
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
    heading("actions");
    if (facts.path("actions").isEmpty()) {
      quiet("noplaybook");
    }
    facts.path("actions").forEach(this::run);
  }

  private void quiet(String key) {
    html.markup("<p class=\"quiet\">").text(words.get(key)).markup("</p>");
  }

  private void run(JsonNode run) {
    html.markup("<p><strong>")
        .text(run.path("name").asText())
        .markup("</strong> <span class=\"quiet\">")
        .text(
            words.get(
                run.path("ended").asBoolean() ? "run.ended" : "run.open",
                run.path("modified").asText(),
                run.path("startedAt").asText(),
                run.path("startedBy").asText()))
        .markup("</span></p>");
    columns("step", "state", "when", "by", "note");
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
          .text(
              (choice.isEmpty() ? "" : words.get("decided", choice) + " ")
                  + s.path("note").asText())
          .markup("</td></tr>");
    }
    html.markup("</table>");
  }

  private void indicators() {
    heading("indicators");
    if (facts.path("indicators").isEmpty()) {
      quiet("none");
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
    heading("received");
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
      html.markup("<p>").text(words.get("leftout", text(left.size()), join(left))).markup("</p>");
    }
  }

  private void foot(String sha256) {
    html.markup("<footer>");
    tlp();
    html.markup("<p>").text(words.get("limits")).markup(" ");
    facts.path("limits").forEach(line -> html.text(line.asText()).markup(" "));
    html.markup("</p><p>")
        .text(words.get("facts"))
        .markup(" <span class=\"mono\">")
        .text(sha256)
        .markup("</span></p></footer>");
    banner();
    html.markup("</body></html>\n");
  }
}
