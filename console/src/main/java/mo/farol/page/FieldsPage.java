package mo.farol.page;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mo.farol.search.Search;
import mo.farol.search.SearchRequest;
import mo.farol.search.Splitting;
import mo.farol.search.TopValues;
import mo.farol.web.Askers;
import mo.farol.web.Caller;

/** The fields that the events at hand have, and how many of them have each. */
public final class FieldsPage {
  private static final int MOST = 500;

  /**
   * What the template shows.
   *
   * @param total events that match
   * @param exact whether all of them were looked at
   * @param more whether there are further fields, of fewer events
   */
  public record View(
      Shell shell,
      SearchPage.Question question,
      List<TopValues.Value> fields,
      long total,
      boolean exact,
      boolean more) {
    /** How many of a hundred events have a field; 1 at least. */
    public long percent(TopValues.Value field) {
      return total == 0 ? 0 : Math.clamp(Math.round(100.0 * field.count() / total), 1, 100);
    }

    /** The same search of the events that have a field. */
    public String having(String field) {
      return question.with("q", Splitting.narrowed(question.q(), Splitting.escaped(field) + ":*"));
    }
  }

  private final Search search;
  private final Function<Context, SearchPage.Question> questions;

  FieldsPage(Search search, Function<Context, SearchPage.Question> questions) {
    this.search = search;
    this.questions = questions;
  }

  void show(Context context) {
    var question = questions.apply(context);
    var request =
        new SearchRequest(
            question.q(),
            Caller.of(context).scope(),
            question.from(),
            question.to(),
            1,
            Optional.empty());
    var found =
        search.run(
            Askers.of(context),
            Splitting.clause(question.q()),
            asked -> asked.fields(request, MOST + 1));
    var fields = found.values();
    boolean more = fields.size() > MOST;
    Templates.show(
        context,
        "fields",
        new View(
            Shell.of(context, "search", ""),
            question,
            more ? fields.subList(0, MOST) : fields,
            found.total(),
            found.exact(),
            more));
  }
}
