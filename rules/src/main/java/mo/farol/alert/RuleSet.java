package mo.farol.alert;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mo.farol.match.MatchCounts;
import mo.farol.match.Matcher;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.Meanings;
import mo.farol.sigma.RuleBook;
import mo.farol.sigma.Shadow;
import mo.farol.sigma.SigmaCorrelation;
import mo.farol.window.WindowPlan;

/**
 * Rules ready to be watched by: matched, counted, and what the desk knows of them. Made on any
 * thread, which may take a second; used by one {@link Watch} once.
 */
public final class RuleSet {
  private final RuleBook book;
  private final RuleSettings settings;
  private final Matcher matcher;
  private final WindowPlan windows;
  private final Function<String, RuleCard> cards;
  private final Duration memory;
  private final Set<String> ids;
  private final Set<String> single;

  private RuleSet(RuleBook book, RuleSettings settings, Meanings meanings, MatchCounts counts) {
    this.book = book;
    this.settings = settings;
    matcher = new Matcher(book, settings, counts);
    windows = WindowPlan.of(book, settings, meanings);
    cards = Cards.of(book);
    memory = memory(book);
    single =
        book.rules().stream().map(rule -> rule.ref().id()).collect(Collectors.toUnmodifiableSet());
    ids =
        Stream.concat(single.stream(), book.correlations().stream().map(rule -> rule.ref().id()))
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Compiles a book. Its rules get the versions that they have under the settings.
   *
   * @param counts shared by all sets that follow one another
   */
  public static RuleSet compile(RuleBook book, RuleSettings settings, MatchCounts counts) {
    var meanings = new Meanings(book, settings.names());
    return new RuleSet(book.versioned(meanings), settings, meanings, counts);
  }

  /** What the rules say, with their versions, and what was refused. */
  public RuleBook book() {
    return book;
  }

  /** Under which they were compiled. */
  public RuleSettings settings() {
    return settings;
  }

  /** Finds events; belongs to the detection thread, but for what it says any may ask. */
  public Matcher matcher() {
    return matcher;
  }

  /** What is counted over time. */
  public WindowPlan windows() {
    return windows;
  }

  /** Whether a rule of an id, or one in shadow, is in it. */
  boolean has(String rule) {
    return ids.contains(rule);
  }

  /** Whether an id is that of a rule which matches single events. */
  boolean isRule(String id) {
    return single.contains(id);
  }

  /** Filters that are only tried, by the ids of shadows. */
  Set<String> shadowFilters() {
    return book.filters().stream()
        .map(filter -> filter.ref().id())
        .filter(Shadow::is)
        .collect(Collectors.toSet());
  }

  RuleCard card(String rule) {
    return cards.apply(rule);
  }

  /** How far a restart reads back: as long as the longest window, within bounds. */
  Duration memory() {
    return memory;
  }

  private static Duration memory(RuleBook rules) {
    long longest =
        rules.correlations().stream()
            .map(SigmaCorrelation::span)
            .mapToLong(Duration::toSeconds)
            .max()
            .orElse(0);
    return Duration.ofSeconds(
        Math.clamp(longest, Watch.MEMORY.toSeconds(), Watch.MEMORY_LIMIT.toSeconds()));
  }
}
