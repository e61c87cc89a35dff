package mo.farol.rulebook;

import java.util.List;
import java.util.Optional;
import mo.farol.match.RuleStanding;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;

/**
 * A rule in force, for a list.
 *
 * @param kind {@code rule}, {@code correlation} or {@code filter}
 * @param level empty for a filter
 * @param source what it looks at, or the type of a correlation
 * @param file where it lies, as people know it
 * @param matches at the agencies of the asker, over the last 24 hours since the start at most
 * @param standing how it does; empty where it is none that is matched
 * @param unseen fields it needs that no source of the asker's ever sent
 * @param telemetry whether what it needs comes
 */
public record RuleRow(
    RuleRef ref,
    String kind,
    Optional<Level> level,
    String source,
    List<String> tags,
    List<String> techniques,
    String file,
    long matches,
    Optional<RuleStanding> standing,
    List<String> unseen,
    Telemetry telemetry) {
  /** Whether a rule can see anything. */
  public enum Telemetry {
    /** What it needs was sent. */
    SENT,
    /** Its log source was sent, some field it can't do without never. */
    FIELDS_MISSING,
    /** Nothing of its log source ever came. */
    SOURCE_MISSING;

    /** Lower-case words for the API. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
