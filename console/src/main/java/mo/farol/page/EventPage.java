package mo.farol.page;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.search.EventReader;
import mo.farol.search.Search;
import mo.farol.search.SearchRequest;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/**
 * One event: its fields, its raw text, what the same host said around it. As a page, or as the
 * drawer beside the rows.
 */
public final class EventPage {
  private static final int AROUND = 12;

  /** What the template shows. */
  public record View(
      Shell shell,
      EventReader.Recalled recalled,
      String sha256,
      List<Event> around,
      SearchPage.Question near) {
    /** The event. */
    public Event event() {
      return recalled.event();
    }

    /** A search for a value of this event, five minutes around it. */
    public String pivot(String field, String value) {
      return near.narrowed(field, value, false);
    }
  }

  private final Search search;

  EventPage(Search search) {
    this.search = search;
  }

  void show(Context context) {
    var scope = Caller.of(context).scope();
    var recalled =
        find(context)
            .orElseThrow(
                () ->
                    new Refused(
                        404,
                        "No such event",
                        "It never was, is no longer kept, or is not yours to see."));
    var event = recalled.event();
    var near =
        new SearchPage.Question(
            "",
            "",
            event.occurredAt().minus(Duration.ofMinutes(5)),
            event.occurredAt().plus(Duration.ofMinutes(5)),
            true);
    String host =
        "host.name:\"" + event.source().host().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    var around =
        search
            .find(new SearchRequest(host, scope, near.from(), near.to(), AROUND, Optional.empty()))
            .events();
    boolean drawer = "true".equals(context.header("HX-Request"));
    var shell = Shell.of(context, "search", "#" + event.id());
    Templates.show(
        context,
        drawer ? "drawer" : "event",
        new View(shell, recalled, Hashes.sha256(recalled.frame().bytes()), around, near));
  }

  /** Fields without the message, which stands above them. */
  public static List<Map.Entry<String, String>> fields(Event event) {
    return event.fields().entrySet().stream().filter(e -> !e.getKey().equals("message")).toList();
  }

  private Optional<EventReader.Recalled> find(Context context) {
    try {
      return search.event(EventId.parse(context.pathParam("id")), Caller.of(context).scope());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
