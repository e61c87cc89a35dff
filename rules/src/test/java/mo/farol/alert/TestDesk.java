package mo.farol.alert;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A desk with the shipped decisions, and the alerts it gave. */
final class TestDesk implements AutoCloseable {
  static final DecisionBook DECISIONS = DecisionBook.load(List.of(Path.of("decide")));
  private static final Map<String, RuleCard> CARDS =
      Map.of(
          "guessing", new RuleCard(List.of("farol.login-guessing"), false, false, "gte 10 events"),
          "accepted", new RuleCard(List.of("farol.login-accepted"), true, false, ""),
          "root", new RuleCard(List.of("farol.became-root"), true, false, ""),
          "servant", new RuleCard(List.of(), false, true, ""));

  final Map<String, Alert> alerts = new LinkedHashMap<>();
  final Set<String> closed = new HashSet<>();
  final ManualClock clock = new ManualClock(Seen.START);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private AlertDesk desk = open(List.of(), 0);

  AlertDesk desk() {
    return desk;
  }

  /** Ends the desk and opens another, which is given these alerts and begins at a sequence. */
  void restart(List<Alert> growing, long next) {
    desk.close();
    desk = open(growing, next);
  }

  @Override
  public void close() {
    desk.close();
  }

  Alert only(String rule) {
    return alerts.values().stream()
        .filter(alert -> alert.rule().id().equals(rule))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no alert of " + rule + " in " + alerts.values()));
  }

  private AlertDesk open(List<Alert> growing, long next) {
    var opened =
        new AlertDesk(
            DECISIONS,
            rule -> CARDS.getOrDefault(rule, RuleCard.BLANK),
            DeskConfig.standard(),
            clock,
            meters,
            closed::contains,
            alert -> alerts.put(alert.id(), alert));
    opened.resume(growing, next);
    return opened;
  }
}
