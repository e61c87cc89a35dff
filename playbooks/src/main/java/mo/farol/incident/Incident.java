package mo.farol.incident;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mo.farol.sigma.Level;

/**
 * A case.
 *
 * @param id speakable and for ever, such as {@code FRL-2026-0001}
 * @param title for people
 * @param severity its grade
 * @param category RSIT class, such as {@code intrusions}
 * @param agency agency id, or {@code national}
 * @param state how far it has come
 * @param owner who leads it
 * @param tlp TLP 2.0 label, such as {@code AMBER}
 * @param openedAt when it was opened
 * @param firstEventAt time of its first event
 * @param lastEventAt time of its last event
 * @param updatedAt of its last change
 * @param exercise drill data
 * @param lane empty for live traffic, else the import's id
 * @param gradeReason the factors that gave the grade
 * @param alerts ids of its alerts, oldest first
 * @param version counts changes, for two people who edit at once
 */
public record Incident(
    String id,
    String title,
    Level severity,
    String category,
    String agency,
    State state,
    Optional<String> owner,
    String tlp,
    Instant openedAt,
    Instant firstEventAt,
    Instant lastEventAt,
    Instant updatedAt,
    boolean exercise,
    String lane,
    String gradeReason,
    List<String> alerts,
    long version) {
  public Incident {
    alerts = List.copyOf(alerts);
  }

  /** Whether somebody still works on it. */
  public boolean isOpen() {
    return state != State.CLOSED;
  }
}
