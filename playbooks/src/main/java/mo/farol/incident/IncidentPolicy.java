package mo.farol.incident;

import java.time.Duration;
import java.util.Map;
import mo.farol.alert.Alert;
import mo.farol.sigma.Level;

/**
 * Which alerts open a case.
 *
 * @param opens mildest severity that opens one
 * @param joins how long after a case's last event an alert about the same host, user or address
 *     joins it
 * @param categories RSIT class by technique, longest matching prefix wins
 */
public record IncidentPolicy(Level opens, Duration joins, Map<String, String> categories) {
  /** High and critical alerts open; a day to join; a first map of techniques to RSIT classes. */
  public static IncidentPolicy reference() {
    return new IncidentPolicy(
        Level.HIGH,
        Duration.ofHours(24),
        Map.of(
            "T1110", "intrusion-attempts",
            "T1078", "intrusions",
            "T1548", "intrusions",
            "T1136", "intrusions",
            "T1505", "intrusions",
            "T1190", "intrusion-attempts",
            "T1595", "information-gathering",
            "T1486", "availability",
            "T1490", "availability",
            "T1048", "information-content-security"));
  }

  /** The RSIT class of an alert; {@code other} where no technique is known. */
  public String category(Alert alert) {
    return alert.techniques().stream()
        .flatMap(t -> categories.entrySet().stream().filter(e -> t.startsWith(e.getKey())))
        .map(Map.Entry::getValue)
        .max(java.util.Comparator.comparing(c -> c.equals("intrusions")))
        .orElse("other");
  }
}
