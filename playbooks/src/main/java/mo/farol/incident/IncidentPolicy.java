package mo.farol.incident;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mo.farol.alert.Alert;
import mo.farol.sigma.Level;

/**
 * Which alerts open a case, and which belong together.
 *
 * @param opens mildest severity that opens one
 * @param joins how long after a case's last event an alert about the same host, user or address
 *     joins it
 * @param categories RSIT class by technique; the longest matching prefix wins, the graver class
 *     where two techniques differ
 */
public record IncidentPolicy(Level opens, Duration joins, Map<String, String> categories) {
  private static final Set<String> LINKING = Set.of("host.name", "source.ip", "user.name");

  // Names that are the same on every machine say nothing about two alerts belonging together.
  private static final Set<String> COMMON =
      Set.of(
          "",
          "-",
          "root",
          "admin",
          "administrator",
          "system",
          "localhost",
          "127.0.0.1",
          "::1",
          "nt authority\\system",
          "n/a",
          "unknown");

  // Reference Security Incident Taxonomy, version 1003, gravest first.
  private static final List<String> CLASSES =
      List.of(
          "information-content-security",
          "malicious-code",
          "intrusions",
          "availability",
          "fraud",
          "intrusion-attempts",
          "information-gathering",
          "abusive-content",
          "vulnerable",
          "other");

  public IncidentPolicy {
    categories = Map.copyOf(categories);
  }

  /** High and critical alerts open; a day to join; a first map of techniques to RSIT classes. */
  public static IncidentPolicy reference() {
    return new IncidentPolicy(
        Level.HIGH,
        Duration.ofHours(24),
        Map.ofEntries(
            Map.entry("T1110", "intrusion-attempts"),
            Map.entry("T1190", "intrusion-attempts"),
            Map.entry("T1078", "intrusions"),
            Map.entry("T1098", "intrusions"),
            Map.entry("T1136", "intrusions"),
            Map.entry("T1548", "intrusions"),
            Map.entry("T1003", "intrusions"),
            Map.entry("T1021", "intrusions"),
            Map.entry("T1562", "intrusions"),
            Map.entry("T1070", "intrusions"),
            Map.entry("T1059", "malicious-code"),
            Map.entry("T1204", "malicious-code"),
            Map.entry("T1505", "malicious-code"),
            Map.entry("T1071", "malicious-code"),
            Map.entry("T1105", "malicious-code"),
            Map.entry("T1486", "malicious-code"),
            Map.entry("T1490", "malicious-code"),
            Map.entry("T1498", "availability"),
            Map.entry("T1499", "availability"),
            Map.entry("T1046", "information-gathering"),
            Map.entry("T1595", "information-gathering"),
            Map.entry("T1041", "information-content-security"),
            Map.entry("T1048", "information-content-security"),
            Map.entry("T1567", "information-content-security"),
            Map.entry("T1566", "fraud")));
  }

  /**
   * The RSIT class of an alert, as a decision said or by its techniques; {@code other} where no
   * technique is known.
   */
  public String category(Alert alert) {
    if (CLASSES.contains(alert.category())) {
      return alert.category();
    }
    return alert.techniques().stream()
        .flatMap(technique -> category(technique).stream())
        .min(Comparator.comparingInt(CLASSES::indexOf))
        .orElse("other");
  }

  /** The class of every case is one of these words of the RSIT. */
  public static List<String> classes() {
    return CLASSES;
  }

  /** What of an alert links it to others: hosts, users and addresses that mean one thing. */
  static List<Alert.Entity> links(Alert alert) {
    return alert.entities().stream()
        .filter(e -> LINKING.contains(e.field()))
        .filter(e -> !COMMON.contains(e.value().strip().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private Optional<String> category(String technique) {
    return categories.entrySet().stream()
        .filter(e -> technique.startsWith(e.getKey()))
        .max(Comparator.comparingInt(e -> e.getKey().length()))
        .map(Map.Entry::getValue);
  }
}
