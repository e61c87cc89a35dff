package mo.farol.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mo.farol.account.Person;
import mo.farol.indicator.HitLog;
import mo.farol.indicator.IndicatorFault;
import mo.farol.indicator.IndicatorReader;
import mo.farol.indicator.IndicatorReport;
import mo.farol.indicator.IndicatorSearch;
import mo.farol.indicator.NewSource;
import mo.farol.indicator.SourceReport;
import mo.farol.indicator.Tlp;
import mo.farol.indicator.Watchlist;
import mo.farol.web.Caller;
import mo.farol.web.Refused;

/** Sources of indicators with their standing, one value looked up, lists added, the last hits. */
public final class IndicatorsPage {
  private static final Duration SPAN = Duration.ofDays(7);
  private static final int ROWS = 200;

  /**
   * A source.
   *
   * @param mayRemove whether the reader may
   */
  public record Row(Watchlist.Standing standing, boolean mayRemove) {
    /** Live values by kind, in words: {@code 12 ip, 3 domain}. */
    public String kinds() {
      return standing.report().live().entrySet().stream()
          .map(e -> Shown.count(e.getValue()) + " " + e.getKey().word())
          .collect(Collectors.joining(", "));
    }

    /** What was not taken as it is, by reason. */
    public Map<String, Integer> refused() {
      return standing.report().refused();
    }
  }

  /** A hit that the reader may know of. */
  public record Hit(HitLog.Row row) {
    /** When it was seen last. */
    public Instant lastAt() {
      return Instant.ofEpochMilli(row.lastAt());
    }
  }

  /**
   * What the template shows.
   *
   * @param value what is looked up, empty for nothing
   * @param fault why a list was not added or a source not removed
   * @param list what was to be added, to be mended
   */
  public record View(
      Shell shell,
      List<Row> sources,
      Optional<IndicatorReport> report,
      int values,
      String value,
      List<IndicatorSearch.Match> found,
      List<Hit> hits,
      Optional<String> fault,
      String name,
      String list) {}

  private final Watchlist indicators;
  private final InstantSource clock;

  IndicatorsPage(Watchlist indicators, InstantSource clock) {
    this.indicators = indicators;
    this.clock = clock;
  }

  void show(Context context) {
    show(context, Optional.empty());
  }

  private void show(Context context, Optional<String> fault) {
    var person = Caller.of(context).person();
    var reader =
        new IndicatorReader(person.scope(), person.agency().isEmpty(), person.role().mayWork());
    String value = Asked.text(context, "value").strip();
    Templates.show(
        context,
        "indicators",
        new View(
            Shell.of(context, "indicators", Shell.words(context).get("indicators.title")),
            indicators.standing(reader).stream()
                .map(s -> new Row(s, s.isAdded() && mayRemove(person, s.report())))
                .toList(),
            Optional.of(indicators.report()).filter(_ -> reader.isOfCentre()),
            indicators.current().size(),
            value,
            IndicatorSearch.of(indicators.current(), value, reader),
            hits(reader),
            fault,
            Asked.form(context, "name"),
            Asked.form(context, "list")));
  }

  private List<Hit> hits(IndicatorReader reader) {
    long from = clock.instant().minus(SPAN).toEpochMilli();
    return indicators.hits(from, reader).stream().limit(ROWS).map(Hit::new).toList();
  }

  void add(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    try {
      indicators.add(
          new NewSource(
              Asked.form(context, "name").strip(),
              Optional.empty(),
              Tlp.of(Asked.form(context, "tlp")).orElse(Tlp.AMBER),
              number(context, "confidence").orElse(50),
              number(context, "days"),
              agencies(context, caller.person()),
              caller.name(),
              caller.person().agency()),
          Asked.form(context, "list").getBytes(StandardCharsets.UTF_8));
      context.redirect("/indicators", HttpStatus.SEE_OTHER);
    } catch (IndicatorFault e) {
      show(context.status(400), Optional.ofNullable(e.getMessage()));
    }
  }

  void remove(Context context) {
    var caller = Caller.of(context);
    caller.mustWork();
    String name = Asked.form(context, "name");
    boolean isTheirs =
        indicators.report().sources().stream()
            .anyMatch(s -> s.source().name().equals(name) && mayRemove(caller.person(), s));
    if (!isTheirs) {
      throw new Refused(404, "No such source", "It never was, or is not yours to remove.");
    }
    try {
      indicators.remove(name, caller.name());
      context.redirect("/indicators", HttpStatus.SEE_OTHER);
    } catch (IndicatorFault e) {
      show(context.status(409), Optional.ofNullable(e.getMessage()));
    }
  }

  private static boolean mayRemove(Person person, SourceReport source) {
    return person.role().mayWork()
        && (person.agency().isEmpty() || source.source().owner().equals(person.agency()));
  }

  private static Set<String> agencies(Context context, Person person) {
    String asked = Asked.form(context, "agency").strip();
    return person.agency().map(Set::of).orElseGet(() -> asked.isEmpty() ? Set.of() : Set.of(asked));
  }

  private static Optional<Integer> number(Context context, String name) {
    return Optional.of(Asked.form(context, name).strip())
        .filter(text -> text.matches("\\d{1,5}"))
        .map(Integer::parseInt);
  }
}
