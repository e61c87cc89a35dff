package mo.farol.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mo.farol.event.EventId;
import mo.farol.search.Around;
import mo.farol.search.Search;
import mo.farol.web.Askers;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /events/{id}/context}: the lines before and after an event, from the same source. */
final class ContextApi {
  private static final int LINES = 20;
  private static final String ANSWER =
      """
      event, at (id of the line counted from), by, before and after (lines of the same agency, \
      input and host, oldest first, those nearest to at), earlier and later (whether further lines \
      stand beyond: ask again with at=id of the first or last), exact (false: lines whose own time \
      is more than a day away may be missing, or the time ran out).\
      """;

  private final Search search;

  ContextApi(Search search) {
    this.search = search;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/events/{id}/context",
                "Lines before and after an event from the same agency, input and host: by=received"
                    + " (as they arrived, unless asked otherwise) or by=time; before and after 0"
                    + " to 1,000 (20); at: another line to count from.",
                this::context,
                "before",
                "after",
                "by",
                "at")
            .answering(ANSWER));
  }

  private void context(Context context) {
    var asked =
        new Around.Asked(
            order(context),
            lines(context, "before"),
            lines(context, "after"),
            Answers.some(context, "at").map(ContextApi::id));
    var id = id(context.pathParam("id"));
    var lines =
        search
            .around(Askers.of(context), id, Caller.of(context).scope(), asked)
            .orElseThrow(() -> Answers.missing("event"));
    Answers.send(context, tree(lines, asked.order()));
  }

  private static ObjectNode tree(Around.Lines lines, Around.Order order) {
    var node = Answers.object();
    node.set("event", EventsApi.tree(lines.event().event()));
    node.put("at", lines.at().id().toString());
    node.put("by", order.name().toLowerCase(Locale.ROOT));
    var before = node.putArray("before");
    lines.before().forEach(event -> before.add(EventsApi.tree(event)));
    var after = node.putArray("after");
    lines.after().forEach(event -> after.add(EventsApi.tree(event)));
    node.put("earlier", lines.moreBefore()).put("later", lines.moreAfter());
    return node.put("exact", lines.exact());
  }

  private static Around.Order order(Context context) {
    return switch (Answers.some(context, "by").orElse("received")) {
      case "received" -> Around.Order.RECEIVED;
      case "time" -> Around.Order.TIME;
      default -> throw new Refused(400, "Not understood", "by is received or time.");
    };
  }

  private static int lines(Context context, String name) {
    String text = Answers.some(context, name).orElse(Integer.toString(LINES));
    int lines = text.matches("\\d{1,4}") ? Integer.parseInt(text) : Around.MOST + 1;
    if (lines > Around.MOST) {
      throw new Refused(
          400, "Not understood", "%s is a number from 0 to %,d.".formatted(name, Around.MOST));
    }
    return lines;
  }

  private static EventId id(String text) {
    return Optional.of(text)
        .filter(t -> t.matches("\\d{1,18}"))
        .map(EventId::parse)
        .orElseThrow(() -> Answers.missing("event"));
  }
}
