package mo.farol.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import mo.farol.alert.Alert;
import mo.farol.alert.Finding;
import mo.farol.event.EventId;
import mo.farol.ledger.AlertQueue;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.sigma.Level;
import mo.farol.sigma.RuleRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that is wrong is told once, and none is lost. */
class LookoutTest {
  private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");

  private final List<Finding> wrong = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final Lookout lookout = new Lookout(_ -> List.copyOf(wrong), this::isKnown);
  private String unasked = "";

  @Test
  void where_the_alerts_can_not_be_asked_about_one_all_are_told_the_next_time() {
    wrong.add(damage("one"));
    wrong.add(damage("two"));
    unasked = "two";
    assertThatThrownBy(() -> lookout.due(NOW)).hasMessageContaining("busy");
    unasked = "";
    assertThat(lookout.due(NOW)).extracting(Finding::about).containsExactly("one", "two");
    assertThat(lookout.due(NOW)).as("once").isEmpty();
  }

  @Test
  void what_was_told_before_a_start_is_not_told_again() {
    wrong.add(damage("one"));
    wrong.add(damage("two"));
    known.add("one");
    assertThat(lookout.due(NOW)).extracting(Finding::about).containsExactly("two");
  }

  @Test
  void however_much_is_damaged_twenty_are_told_and_the_broken_seal_too() {
    IntStream.range(0, 30).forEach(i -> wrong.add(damage("segment " + i)));
    assertThat(lookout.due(NOW)).hasSize(20);
    wrong.add(new Finding(Finding.Kind.SEAL, "seal", "it is broken", NOW, NOW, new EventId(0)));
    wrong.add(damage("one more"));
    assertThat(lookout.due(NOW)).extracting(Finding::about).containsExactly("seal");
  }

  @Test
  void a_sender_who_writes_the_name_of_a_finding_hides_none(@TempDir Path home) {
    try (var ledger = Ledger.openSqlite(home.resolve("ledger.db"))) {
      var alerts = new AlertQueue(ledger, new Deeds(ledger, InstantSource.fixed(NOW)));
      var finding = damage("00000001-00000000000000000000.seg");
      save(alerts, "a", new Alert.Entity("host.name", finding.about()));
      assertThat(Lookout.isKnown(alerts, finding)).isFalse();
      save(alerts, "b", new Alert.Entity(Finding.FIELD, finding.about()));
      assertThat(Lookout.isKnown(alerts, finding)).isTrue();
    }
  }

  private boolean isKnown(Finding finding) {
    if (finding.about().equals(unasked)) {
      throw new IllegalStateException("the ledger is busy");
    }
    return known.contains(finding.about());
  }

  private static Finding damage(String segment) {
    return new Finding(Finding.Kind.DAMAGE, segment, "it is hurt", NOW, NOW, new EventId(0));
  }

  private static void save(AlertQueue alerts, String id, Alert.Entity entity) {
    var rule = new RuleRef("campaign-technique", "1", "Campaign");
    alerts
        .book()
        .save(
            Alert.of(id.repeat(16), Alert.NATIONAL, rule)
                .title("Something " + entity.value())
                .severity(Level.HIGH)
                .entities(List.of(entity))
                .at(NOW, NOW, NOW)
                .events(1, List.of(new EventId(1)))
                .why(List.of("because"), List.of())
                .build());
    alerts.book().checkpoint(alerts.book().next());
  }
}
