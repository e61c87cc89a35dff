package mo.farol.page;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.proof.Prover;
import mo.farol.seal.Head;
import mo.farol.seal.SignedHead;
import mo.farol.search.EventReader;
import mo.farol.search.Search;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/**
 * One event: its fields, its raw text, the ways to what stands around it. As a page, or as the
 * drawer beside the rows.
 */
public final class EventPage {
  /** What the template shows. */
  public record View(
      Shell shell,
      EventReader.Recalled recalled,
      String sha256,
      Optional<Head> head,
      List<Pivots.Pivot> pivots,
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
  private final Prover prover;

  EventPage(Search search, Prover prover) {
    this.search = search;
    this.prover = prover;
  }

  /** The evidence package of the event, to be kept and verified elsewhere. */
  void proof(Context context) {
    var event = found(context).event();
    var evidence =
        prover
            .evidence(List.of(event.id().sequence()), Caller.of(context).scope())
            .orElseThrow(
                () ->
                    new Refused(
                        409, "Not sealed yet", "A head is signed each minute; ask again then."));
    context
        .contentType("application/json")
        .header(
            "Content-Disposition", "attachment; filename=\"farol-proof-" + event.id() + ".json\"")
        .result(evidence.write());
  }

  void show(Context context) {
    var recalled = found(context);
    var event = recalled.event();
    var near =
        new SearchPage.Question(
            "",
            "",
            event.occurredAt().minus(Duration.ofMinutes(5)),
            event.occurredAt().plus(Duration.ofMinutes(5)),
            true);
    boolean drawer = "true".equals(context.header("HX-Request"));
    var shell = Shell.of(context, "search", "#" + event.id());
    Templates.show(
        context,
        drawer ? "drawer" : "event",
        new View(
            shell,
            recalled,
            Hashes.sha256(recalled.frame().bytes()),
            prover.head(event.id().sequence()).map(SignedHead::head),
            Pivots.of(event),
            near));
  }

  /** Fields without the message, which stands above them. */
  public static List<Map.Entry<String, String>> fields(Event event) {
    return event.fields().entrySet().stream().filter(e -> !e.getKey().equals("message")).toList();
  }

  private EventReader.Recalled found(Context context) {
    return find(context)
        .orElseThrow(
            () ->
                new Refused(
                    404,
                    "No such event",
                    "It never was, is no longer kept, or is not yours to see."));
  }

  private Optional<EventReader.Recalled> find(Context context) {
    try {
      return search.event(EventId.parse(context.pathParam("id")), Caller.of(context).scope());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
