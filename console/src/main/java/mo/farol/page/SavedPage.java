package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mo.farol.account.Person;
import mo.farol.saved.SavedSearch;
import mo.farol.saved.SavedSearches;
import mo.farol.saved.Shelf;
import mo.farol.saved.Wanted;
import mo.farol.web.Caller;
import mo.farol.web.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Searches kept under a name and the last ones of the reader: as a page, or as what unfolds beside
 * the query.
 */
public final class SavedPage {
  /** Searches of before that unfold beside the query. */
  public static final int RECENT = 12;

  /**
   * What the template shows.
   *
   * @param asked what the reader searches for now, to be kept; absent where that is nothing
   */
  public record View(Shell shell, Optional<Wanted> asked, List<One> saved, List<Past> past) {}

  /**
   * One that is kept.
   *
   * @param mine whether the reader keeps it
   * @param changed whether the reader may change it
   */
  public record One(SavedSearch search, String link, boolean mine, boolean changed) {}

  /** One of before. */
  public record Past(Wanted wanted, Instant at, String link) {}

  private final Shelf shelf;
  private final InstantSource clock;

  SavedPage(Shelf shelf, InstantSource clock) {
    this.shelf = shelf;
    this.clock = clock;
  }

  void show(Context context) {
    var person = Caller.of(context).person();
    boolean part = "true".equals(context.header("HX-Request"));
    var shell = Shell.of(context, "search", Shell.words(context).get("saved.title"));
    var view =
        new View(
            shell,
            asked(context::queryParam).filter(wanted -> !wanted.query().isBlank()),
            shelf.saved().of(person).stream().map(one -> one(one, person)).toList(),
            shelf.history().of(person).stream()
                .map(past -> new Past(past.wanted(), past.at(), link(past.wanted())))
                .toList());
    Templates.show(context, part ? "kept" : "saved", view);
  }

  void add(Context context) {
    var person = Caller.of(context).person();
    var wanted =
        asked(context::formParam)
            .orElseThrow(
                () ->
                    new Refused(400, "Not understood", "Open the search and save it from there."));
    shelf
        .saved()
        .add(
            Asked.form(context, "name"),
            wanted,
            Asked.form(context, "shared").equals("true"),
            person);
    back(context);
  }

  /** Renames, shares, no longer shares or removes one. */
  void change(Context context) {
    var person = Caller.of(context).person();
    long number = number(context);
    switch (Asked.form(context, "act")) {
      case "rename" -> change(number, person, Optional.of(Asked.form(context, "name")), null);
      case "share" -> change(number, person, Optional.empty(), true);
      case "unshare" -> change(number, person, Optional.empty(), false);
      case "remove" -> {
        if (!shelf.saved().remove(number, person)) {
          throw missing();
        }
      }
      default -> throw new Refused(400, "Not understood", "There is no such act.");
    }
    back(context);
  }

  void clear(Context context) {
    shelf.history().clear(Caller.of(context).person());
    back(context);
  }

  /** The same screen; what was asked there is taken note of once it was answered without fault. */
  Handler keeping(Handler screen, Function<Context, SearchPage.Question> asked) {
    return context -> {
      screen.handle(context);
      boolean isFirst = Asked.text(context, "cursor").isEmpty();
      if (isFirst && context.statusCode() == HttpStatus.OK.getCode()) {
        var person = Caller.of(context).person();
        wanted(asked.apply(context)).ifPresent(wanted -> shelf.history().keep(wanted, person));
      }
    };
  }

  private void change(long number, Person person, Optional<String> name, @Nullable Boolean shared) {
    var change = new SavedSearches.Change(name, Optional.empty(), Optional.ofNullable(shared));
    if (shelf.saved().change(number, change, person).isEmpty()) {
      throw missing();
    }
  }

  private One one(SavedSearch search, Person person) {
    return new One(
        search,
        link(search.wanted()),
        search.owner().equals(person.name()),
        search.isChangedBy(person));
  }

  // What is relative stays so: the address says how long back.
  private String link(Wanted wanted) {
    var now = clock.instant();
    var question =
        new SearchPage.Question(
            wanted.query(),
            wanted.span(),
            wanted.from().orElse(now.minus(Duration.ofHours(24))),
            wanted.to().orElse(now),
            wanted.span().isEmpty());
    return question.at("/search", Map.of());
  }

  private static Optional<Wanted> wanted(SearchPage.Question question) {
    return question.absolute()
        ? Wanted.ifAny(question.q(), "", Optional.of(question.from()), Optional.of(question.to()))
        : Wanted.ifAny(question.q(), question.span(), Optional.empty(), Optional.empty());
  }

  private interface Parameters {
    @Nullable String get(String name);
  }

  // Leniently, as the search page reads its address; a fault of time is a day back.
  private static Optional<Wanted> asked(Parameters parameters) {
    String query = Optional.ofNullable(parameters.get("q")).orElse("");
    if (query.length() > Wanted.LONGEST_QUERY) {
      return Optional.empty();
    }
    var from = Asked.instant(Optional.ofNullable(parameters.get("from")).orElse(""));
    var to = Asked.instant(Optional.ofNullable(parameters.get("to")).orElse(""));
    if (from.isPresent() && to.filter(from.get()::isBefore).isPresent()) {
      return Wanted.ifAny(query, "", from, to);
    }
    String span = Optional.ofNullable(parameters.get("span")).orElse("");
    return Optional.of(Wanted.back(query, Asked.span(span).isPresent() ? span : "24h"));
  }

  private static void back(Context context) {
    String next = Asked.form(context, "next");
    context.redirect(next.isEmpty() ? "/saved" : Asked.ownPath(next), HttpStatus.SEE_OTHER);
  }

  private static long number(Context context) {
    return Optional.of(context.pathParam("id"))
        .filter(id -> id.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElseThrow(SavedPage::missing);
  }

  private static Refused missing() {
    return new Refused(404, "No such search", "It was removed, or is not yours to change.");
  }
}
