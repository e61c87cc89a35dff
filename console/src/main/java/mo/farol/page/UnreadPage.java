package mo.farol.page;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.event.Event;
import mo.farol.flow.Replay;
import mo.farol.search.Questions;
import mo.farol.search.Search;
import mo.farol.search.SearchRequest;
import mo.farol.search.TopValues;
import mo.farol.web.Askers;
import mo.farol.web.Caller;

/** Frames that no parser could read: why, whose, the newest of them; and to read them again. */
public final class UnreadPage {
  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");
  private static final int REASONS = 50;
  private static final int NEWEST = 50;

  /**
   * What the template shows.
   *
   * @param outcome what reading again gave, where that was just done
   */
  public record View(
      Shell shell,
      TopValues reasons,
      TopValues agencies,
      List<Event> newest,
      long total,
      Optional<Replay.Outcome> outcome) {}

  private final Search search;
  private final Replay replay;

  UnreadPage(Search search, Replay replay) {
    this.search = search;
    this.replay = replay;
  }

  void show(Context context) {
    show(context, Optional.empty());
  }

  void replay(Context context) {
    var caller = Caller.of(context);
    caller.mustOperate();
    show(
        context,
        Optional.of(replay.replay(Askers.of(context), "", caller.scope(), Instant.EPOCH, FAR)));
  }

  private void show(Context context, Optional<Replay.Outcome> outcome) {
    var request =
        new SearchRequest(
            Replay.REJECTED,
            Caller.of(context).scope(),
            Instant.EPOCH,
            FAR,
            NEWEST,
            Optional.empty());
    var shell = Shell.of(context, "sources", Shell.words(context).get("unread.title"));
    var view =
        search.run(
            Askers.of(context),
            request.query(),
            questions -> view(questions, request, shell, outcome));
    Templates.show(context, "unread", view);
  }

  private static View view(
      Questions questions, SearchRequest request, Shell shell, Optional<Replay.Outcome> outcome) {
    var hits = questions.find(request);
    return new View(
        shell,
        questions.top(request, "farol.rejected", REASONS),
        questions.top(request, "agency", REASONS),
        hits.events(),
        hits.total(),
        outcome);
  }
}
