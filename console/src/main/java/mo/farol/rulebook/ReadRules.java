package mo.farol.rulebook;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mo.farol.match.RuleSettings;
import mo.farol.sigma.RuleBook;

/**
 * What a reading of the rule folders gave.
 *
 * @param book what is to be in force, rules in shadow with it
 * @param settings what the site says beside its rules
 * @param refused of rules, drafts in shadow and the site's data
 * @param texts of the files that are in force, whole
 * @param waiting files whose change waits for a second person
 */
public record ReadRules(
    RuleBook book,
    RuleSettings settings,
    List<Refused> refused,
    Map<Path, String> texts,
    List<PendingChange> waiting) {
  public ReadRules {
    waiting = List.copyOf(waiting);
    refused = List.copyOf(refused);
    texts = Map.copyOf(texts);
  }
}
