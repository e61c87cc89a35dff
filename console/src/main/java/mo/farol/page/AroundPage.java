package mo.farol.page;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.event.EventId;
import mo.farol.search.Around;
import mo.farol.search.Search;
import mo.farol.web.Askers;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/**
 * The lines before and after an event from the same source. As a page, where one goes on outwards,
 * or as the few nearest within the event's own page or drawer.
 */
public final class AroundPage {
  /** How many lines a side are offered. */
  public static final List<Integer> LINES = List.of(5, 20, 100);

  private static final int USUAL = 20;

  /**
   * What the template shows.
   *
   * @param rows oldest first, the event among them unless one went on outwards
   * @param lines a side
   * @param by {@code received} or {@code time}
   */
  public record View(Shell shell, Around.Lines around, List<Event> rows, int lines, String by) {
    /** The event in question. */
    public Event event() {
      return around.event().event();
    }

    /** Whether a line is the event in question. */
    public boolean isIt(Event other) {
      return other.id().equals(event().id());
    }

    /** The address of as many lines a side in this order, the event in the middle. */
    public String of(int lines, String by) {
      return "/events/%s/around?lines=%d&by=%s".formatted(event().id(), lines, by);
    }

    /** The address of the lines before the first; empty where there are none. */
    public Optional<String> earlier() {
      return around.moreBefore() && !rows.isEmpty()
          ? Optional.of(of(lines, by) + "&before=" + rows.getFirst().id())
          : Optional.empty();
    }

    /** The address of the lines after the last; empty where there are none. */
    public Optional<String> later() {
      return around.moreAfter() && !rows.isEmpty()
          ? Optional.of(of(lines, by) + "&after=" + rows.getLast().id())
          : Optional.empty();
    }
  }

  private final Search search;

  AroundPage(Search search) {
    this.search = search;
  }

  void show(Context context) {
    int lines = lines(context);
    boolean byTime = Asked.text(context, "by").equals("time");
    var before = id(Asked.text(context, "before"));
    var after = before.isPresent() ? Optional.<EventId>empty() : id(Asked.text(context, "after"));
    var asked =
        new Around.Asked(
            byTime ? Around.Order.TIME : Around.Order.RECEIVED,
            after.isPresent() ? 0 : lines,
            before.isPresent() ? 0 : lines,
            before.or(() -> after));
    var found =
        id(context.pathParam("id"))
            .flatMap(id -> search.around(Askers.of(context), id, Caller.of(context).scope(), asked))
            .orElseThrow(AroundPage::missing);
    boolean part = "true".equals(context.header("HX-Request"));
    var rows = new ArrayList<>(found.before());
    if (asked.at().isEmpty()) {
      rows.add(found.at());
    }
    rows.addAll(found.after());
    var shell = Shell.of(context, "search", "#" + found.event().event().id());
    Templates.show(
        context,
        part ? "lines" : "around",
        new View(shell, found, rows, lines, byTime ? "time" : "received"));
  }

  private static int lines(Context context) {
    String text = Asked.text(context, "lines");
    return LINES.stream().filter(n -> Integer.toString(n).equals(text)).findFirst().orElse(USUAL);
  }

  private static Optional<EventId> id(String text) {
    return text.matches("\\d{1,18}") ? Optional.of(EventId.parse(text)) : Optional.empty();
  }

  private static Refused missing() {
    return new Refused(
        404, "No such event", "It never was, is no longer kept, or is not yours to see.");
  }
}
