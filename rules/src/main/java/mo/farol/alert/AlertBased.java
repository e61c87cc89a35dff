package mo.farol.alert;

import java.util.List;
import mo.farol.event.EventId;
import mo.farol.sigma.Level;

/** A fact that says what an alert says. */
public sealed interface AlertBased extends Fact permits AlertFact, SightingFact {
  /** The alert, as it was when the fact was made. */
  Alert alert();

  /** Whether it is as grave as {@code low}, {@code medium}, {@code high} or graver. */
  default boolean atLeast(String level) {
    return alert().severity().isAtLeast(Level.ofWord(level));
  }

  @Override
  default String agency() {
    return alert().agency();
  }

  @Override
  default List<String> techniques() {
    return alert().techniques();
  }

  @Override
  default List<Alert.Entity> entities() {
    return alert().entities();
  }

  @Override
  default List<EventId> events() {
    return alert().events();
  }

  @Override
  default long count() {
    return alert().count();
  }

  @Override
  default long firstAt() {
    return alert().firstAt().toEpochMilli();
  }

  @Override
  default String words() {
    return Words.of(alert());
  }
}
