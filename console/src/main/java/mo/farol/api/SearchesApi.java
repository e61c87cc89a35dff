package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.search.Search;
import mo.farol.search.UnderWay;
import mo.farol.web.Askers;

/** {@code /searches}: what is under way, and ending it. */
final class SearchesApi {
  private static final String LIST =
      """
      items: id, query, by (empty: the centre itself), since, state (waiting, light, heavy), \
      progress (0 to 1), events (to be looked at, whosesoever; null for who sees some agencies only), \
      matched (so far), tookMillis. Your own; \
      operators of the whole centre see everybody's.\
      """;
  private final Search search;

  SearchesApi(Search search) {
    this.search = search;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/searches", "Searches under way.", this::list).answering(LIST),
        Endpoint.delete("/searches/{id}", "Ends a search under way.", this::cancel)
            .answering("It ends within moments; who waits for it is answered 409."));
  }

  private void list(Context context) {
    var all = search.underWay(Askers.of(context));
    Answers.send(context, Answers.list(all, Optional.empty(), all.size(), SearchesApi::tree));
  }

  private void cancel(Context context) {
    if (!search.cancel(context.pathParam("id"), Askers.of(context))) {
      throw Answers.missing("search");
    }
    Answers.send(context, Answers.object().put("cancelled", true));
  }

  private static ObjectNode tree(UnderWay told) {
    var node =
        Answers.object()
            .put("id", told.id())
            .put("query", told.query())
            .put("by", told.who())
            .put("since", told.since().toString())
            .put("state", told.state().name().toLowerCase(Locale.ROOT))
            .put("progress", told.progress());
    told.events().ifPresentOrElse(n -> node.put("events", n), () -> node.putNull("events"));
    return node.put("matched", told.matched()).put("tookMillis", told.took().toMillis());
  }
}
