package mo.farol.page;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.EventBatch;
import mo.farol.event.Excerpt;
import mo.farol.event.Origin;
import mo.farol.parse.Parser;
import mo.farol.parse.SourceRules;
import mo.farol.parse.Trial;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** Lines pasted by a person, and what the parser makes of them. Nothing is kept. */
public final class TryPage {
  /** One line: its text, why no parser read it, and its event. */
  public record Line(String raw, Optional<String> rejection, Event event) {}

  /**
   * What the template shows.
   *
   * @param fault why nothing was tried, in the reader's language
   */
  public record View(
      Shell shell,
      List<String> formats,
      String format,
      String zone,
      String agency,
      String peer,
      String lines,
      List<Line> results,
      Optional<String> fault) {}

  private static final int LONGEST_WORD = 64;

  private final SourceRules rules;
  private final InstantSource clock;

  TryPage(SourceRules rules, InstantSource clock) {
    this.rules = rules;
    this.clock = clock;
  }

  void show(Context context) {
    show(context, "", "UTC", "", "", "", List.of(), Optional.empty());
  }

  void read(Context context) {
    String format = word(context, "format");
    String zone = word(context, "zone");
    String agency = word(context, "agency");
    String peer = word(context, "peer");
    String lines = Asked.form(context, "lines");
    if (!agency.isEmpty() && !Caller.of(context).scope().sees(agency)) {
      throw new Refused(403, "Not allowed", "You do not see this agency.");
    }
    var results = new ArrayList<Line>();
    var fault = fault(Shell.words(context), format, zone, lines);
    if (fault.isEmpty()) {
      var asked = rules.settle(Origin.live(agency, "try", peer));
      var origin =
          new Origin(
              agency,
              "try",
              peer,
              "",
              false,
              format.isEmpty() ? asked.format() : format,
              0,
              zone.isEmpty() ? asked.zone() : zone);
      results.addAll(lines(Trial.read(lines, origin, clock.instant())));
    }
    show(context, format, zone, agency, peer, lines, results, fault);
  }

  private static Optional<String> fault(Words words, String format, String zone, String lines) {
    if (!format.isEmpty() && !Parser.formats().contains(format)) {
      return Optional.of(words.get("try.format.unknown"));
    }
    if (!zone.isEmpty() && !isZone(zone)) {
      return Optional.of(words.get("try.zone.unknown"));
    }
    return lines.length() > Trial.MOST_BYTES
        ? Optional.of(words.get("try.long"))
        : Optional.empty();
  }

  private static boolean isZone(String id) {
    try {
      ZoneId.of(id);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static List<Line> lines(EventBatch events) {
    var lines = new ArrayList<Line>();
    for (int i = 0; i < events.count(); i++) {
      lines.add(
          new Line(
              events.frames().frame(i, 0).text(),
              Optional.ofNullable(events.rejection(i)),
              events.event(i)));
    }
    return lines;
  }

  private static String word(Context context, String name) {
    return Excerpt.of(Asked.form(context, name).strip(), LONGEST_WORD);
  }

  private static void show(
      Context context,
      String format,
      String zone,
      String agency,
      String peer,
      String lines,
      List<Line> results,
      Optional<String> fault) {
    Templates.show(
        context,
        "try",
        new View(
            Shell.of(context, "sources", Shell.words(context).get("try.title")),
            Parser.formats(),
            format,
            zone,
            agency,
            peer,
            lines,
            results,
            fault));
  }
}
