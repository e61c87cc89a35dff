package mo.farol.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.sigma.Level;

/**
 * An alert about to go out, as treating rules and tables see it: what was concluded, before it is
 * made graver, milder or is held back.
 */
public final class Draft {
  private final Verdict verdict;
  private final Optional<Asset> asset;

  Draft(Verdict verdict, Optional<Asset> asset) {
    this.verdict = verdict;
    this.asset = asset;
  }

  Verdict verdict() {
    return verdict;
  }

  /** The most critical thing it is about, where that is known. */
  public Optional<Asset> asset() {
    return asset;
  }

  /** Criticality of that thing, 1 to 5; 0 where nothing is known. */
  public int criticality() {
    return asset.map(Asset::criticality).orElse(0);
  }

  /** Agency id, or {@code national}. */
  public String agency() {
    return verdict.agency();
  }

  /** Id of the rule that speaks. */
  public String ruleId() {
    return verdict.rule().id();
  }

  /** One line for people. */
  public String title() {
    return verdict.title();
  }

  /** How grave the rules found it. */
  public Level level() {
    return verdict.level();
  }

  /** Whether it is as grave as {@code low}, {@code medium}, {@code high} or graver. */
  public boolean atLeast(String level) {
    return verdict.level().isAtLeast(Level.ofWord(level));
  }

  /** What it is about. */
  public List<Alert.Entity> entities() {
    return verdict.entities();
  }

  /** ATT&amp;CK technique ids. */
  public List<String> techniques() {
    return verdict.techniques();
  }

  /** Whether it shows this technique, or one below it. */
  public boolean shows(String technique) {
    return verdict.techniques().stream()
        .anyMatch(t -> t.equals(technique) || t.startsWith(technique + "."));
  }

  /** First value of a field it is about; empty text where there is none. */
  public String entity(String field) {
    return verdict.entities().stream()
        .filter(e -> e.field().equals(field))
        .map(Alert.Entity::value)
        .findFirst()
        .orElse("");
  }

  /**
   * Whether it is about such a value of a field: {@code *} stands for anything, in any case of
   * letters; an address may be asked by its network, {@code 10.0.0.0/8}.
   */
  public boolean isAbout(String field, String pattern) {
    return verdict.entities().stream()
        .anyMatch(e -> e.field().equals(field) && Patterns.fits(pattern, e.value()));
  }

  /** Time of its last event. */
  public Instant lastAt() {
    return Instant.ofEpochMilli(verdict.lastAt());
  }

  /** Whether its last event lies within hours such as {@code Mon-Fri 08:00-18:00 Asia/Macau}. */
  public boolean within(String hours) {
    return Hours.parse(hours).contains(lastAt());
  }
}
