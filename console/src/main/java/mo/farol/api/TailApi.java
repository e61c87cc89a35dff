package mo.farol.api;

import io.javalin.http.Context;
import java.util.List;
import mo.farol.search.Search;
import mo.farol.web.Askers;
import mo.farol.web.Caller;
import mo.farol.web.Tails;

/** {@code /events/tail}: a query that is followed. */
final class TailApi {
  private static final String TAIL =
      """
      text/event-stream. 'event' with an event as in /events, whatever time it claims; 'more' with \
      count (not shown) and exact; 'at' with where all before was told; 'end' with why there is no \
      more: you are no longer let in, or it was cancelled. Send an id back as Last-Event-ID, or as 'after', to go on from there; ids are to be taken as they are.\
      """;
  private final Search search;

  TailApi(Search search) {
    this.search = search;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/events/tail",
                "Events that match, as they become searchable: server-sent events until you leave.",
                this::tail,
                "q",
                "after")
            .answering(TAIL));
  }

  private void tail(Context context) throws Exception {
    var tail =
        search.follow(
            Askers.following(context),
            Answers.some(context, "q").orElse(""),
            Caller.of(context).scope(),
            Tails.last(context));
    Tails.serve(context, tail, event -> EventsApi.tree(event).toString());
  }
}
