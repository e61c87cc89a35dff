package mo.farol.page;

import io.javalin.http.Context;
import mo.farol.search.Search;
import mo.farol.search.UnderWay;
import mo.farol.web.Askers;

/** What a page shows of a search while its answer is worked out: how far it is, and a way out. */
public final class UnderWayPage {
  /** Tells htmx to ask no more. */
  private static final int STOP_ASKING = 286;

  /** What the template shows. */
  public record View(Words words, UnderWay search) {
    /** How much of what is to be looked at was, in percent. */
    public int percent() {
      return (int) (search.progress() * 100);
    }

    /** How many events are to be looked at, where the reader may know. */
    public String events() {
      return search.events().isPresent() ? Shown.count(search.events().getAsLong()) : "";
    }

    /** Whether it waits for its turn. */
    public boolean waits() {
      return search.state() == UnderWay.State.WAITING;
    }
  }

  private final Search search;

  UnderWayPage(Search search) {
    this.search = search;
  }

  /**
   * The caller's search of a query that was asked within so many milliseconds; nothing, 204, where
   * there is none. Of several the first: what the same page asks beside it comes later.
   */
  void find(Context context) {
    String query = Asked.text(context, "q");
    long within =
        Asked.some(context, "within")
            .filter(millis -> millis.matches("\\d{1,9}"))
            .map(Long::parseLong)
            .orElse(Long.MAX_VALUE);
    search.underWay(Askers.own(context)).stream()
        .filter(u -> u.query().equals(query))
        .filter(u -> u.took().toMillis() <= within)
        .findFirst()
        .ifPresentOrElse(
            u -> Templates.show(context, "underway", new View(Shell.words(context), u)),
            () -> context.status(204));
  }

  /** How far one is. */
  void show(Context context) {
    String id = context.pathParam("id");
    search.underWay(Askers.of(context)).stream()
        .filter(u -> u.id().equals(id))
        .findFirst()
        .ifPresentOrElse(
            u -> Templates.show(context, "howfar", new View(Shell.words(context), u)),
            () -> context.status(STOP_ASKING));
  }

  /** Ends one. */
  void cancel(Context context) {
    search.cancel(context.pathParam("id"), Askers.of(context));
    context.status(204);
  }
}
