package mo.farol.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.saved.SavedSearch;
import mo.farol.saved.SavedSearches;
import mo.farol.saved.SearchHistory;
import mo.farol.saved.Shelf;
import mo.farol.saved.Wanted;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** {@code /saved-searches} and {@code /search-history}. */
final class SavedApi {
  private static final String ONE =
      """
      id, name, query, span (such as 24h, back from now) or from and to, owner, shared (with \
      everybody who sees what its owner saw), mine, createdAt, changedAt.\
      """;
  private final SavedSearches saved;
  private final SearchHistory history;

  SavedApi(Shelf shelf) {
    this.saved = shelf.saved();
    this.history = shelf.history();
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/saved-searches", "Searches kept under a name, yours and those shared.", this::all)
            .answering("items, each with " + ONE),
        Endpoint.post(
                "/saved-searches",
                "Keeps a search: name, query, span or from and to, shared (false).",
                this::add)
            .answering(ONE),
        Endpoint.patch(
                "/saved-searches/{id}",
                "Changes its name, query, time or whether it is shared; its owner may, and of a"
                    + " shared one an operator.",
                this::change)
            .answering(ONE),
        Endpoint.delete(
            "/saved-searches/{id}",
            "Removes it; its owner may, and of a shared one an operator.",
            this::remove),
        Endpoint.get(
                "/search-history",
                "Your last fifty searches in the console, each once.",
                this::past)
            .answering("items, newest first, each with query, span or from and to, at."),
        Endpoint.delete("/search-history", "Forgets them.", this::clear));
  }

  private void all(Context context) {
    var person = Caller.of(context).person();
    var all = saved.of(person);
    Answers.send(
        context, Answers.list(all, Optional.empty(), all.size(), one -> tree(one, person.name())));
  }

  private void add(Context context) {
    var person = Caller.of(context).person();
    var body = Answers.body(context);
    var added =
        saved.add(
            Answers.needed(body, "name"),
            wanted(body, Answers.needed(body, "query")),
            body.path("shared").asBoolean(false),
            person);
    context.status(201);
    Answers.send(context, tree(added, person.name()));
  }

  private void change(Context context) {
    var person = Caller.of(context).person();
    var body = Answers.body(context);
    var old = saved.find(number(context), person).orElseThrow(SavedApi::missing);
    boolean isOther = body.has("query") || body.has("span") || body.has("from") || body.has("to");
    var change =
        new SavedSearches.Change(
            text(body, "name"),
            isOther ? Optional.of(changed(body, old.wanted())) : Optional.empty(),
            body.has("shared") ? Optional.of(body.path("shared").asBoolean()) : Optional.empty());
    if (!old.isChangedBy(person)) {
      throw notYours();
    }
    Answers.send(
        context,
        tree(
            saved.change(old.number(), change, person).orElseThrow(SavedApi::missing),
            person.name()));
  }

  private void remove(Context context) {
    var person = Caller.of(context).person();
    var old = saved.find(number(context), person).orElseThrow(SavedApi::missing);
    if (!old.isChangedBy(person)) {
      throw notYours();
    }
    saved.remove(old.number(), person);
    context.status(204);
  }

  private void past(Context context) {
    var past = history.of(Caller.of(context).person());
    Answers.send(
        context,
        Answers.list(
            past,
            Optional.empty(),
            past.size(),
            one -> put(one.wanted(), Answers.object()).put("at", one.at().toString())));
  }

  private void clear(Context context) {
    history.clear(Caller.of(context).person());
    context.status(204);
  }

  private static ObjectNode tree(SavedSearch one, String reader) {
    var node = Answers.object().put("id", Long.toString(one.number())).put("name", one.name());
    return put(one.wanted(), node)
        .put("owner", one.owner())
        .put("shared", one.shared())
        .put("mine", one.owner().equals(reader))
        .put("createdAt", one.createdAt().toString())
        .put("changedAt", one.changedAt().toString());
  }

  private static ObjectNode put(Wanted wanted, ObjectNode node) {
    node.put("query", wanted.query());
    if (!wanted.span().isEmpty()) {
      node.put("span", wanted.span());
    }
    wanted.from().ifPresent(from -> node.put("from", from.toString()));
    wanted.to().ifPresent(to -> node.put("to", to.toString()));
    return node;
  }

  // A time that is named takes the place of the whole time before.
  private static Wanted changed(JsonNode body, Wanted old) {
    String query = text(body, "query").orElse(old.query());
    boolean isOtherTime = body.has("span") || body.has("from") || body.has("to");
    return isOtherTime ? wanted(body, query) : new Wanted(query, old.span(), old.from(), old.to());
  }

  private static Wanted wanted(JsonNode body, String query) {
    return new Wanted(
        query, text(body, "span").orElse(""), instant(body, "from"), instant(body, "to"));
  }

  private static Optional<String> text(JsonNode body, String name) {
    return Optional.of(body.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private static Optional<Instant> instant(JsonNode body, String name) {
    try {
      return text(body, name).map(Instant::parse);
    } catch (DateTimeException e) {
      throw new Refused(
          400, "Not understood", name + " is an instant such as 2026-11-24T08:00:00Z.");
    }
  }

  private static long number(Context context) {
    return Optional.of(context.pathParam("id"))
        .filter(id -> id.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElseThrow(SavedApi::missing);
  }

  private static Refused missing() {
    return Answers.missing("saved search");
  }

  private static Refused notYours() {
    return new Refused(
        403, "Not allowed", "Only its owner, or an operator, changes a shared search.");
  }
}
